-- How long it takes: survival, return and what lies ahead, as curves over days.

-- Survival by segment and day of age: Kaplan–Meier over spells, those not ended censored at as_of, other causes than the
-- chosen ones censored at their end. greenwood is Σ d ÷ (n (n − d)). A row per day on which a spell was last seen. Where spells
-- enter late, a handful at the lowest ages would decide for all: the curve begins at the first age at which ten are observed
-- (`begins`), and says what happens to those who came so far.
create macro survival_curve(chosen_plan, chosen_interval, chosen_cause, chosen_source, breakdown) as table
with

lasting as (

    select segment, entered, day, spells as seen, ended
    from chosen_lengths(chosen_plan, chosen_interval, chosen_cause, chosen_source, breakdown)

),

by_day as (

    select segment, day, sum(seen) as seen, sum(ended) as ended, sum(late) as late
    from (
        select segment, day, seen, ended, 0 as late from lasting
        union all
        select segment, entered as day, 0 as seen, 0 as ended, seen as late from lasting where entered >= 0
    ) as moves
    group by segment, day

),

at_risk as (

    select
        segment,
        day,
        seen,
        cast(ended as bigint) as ended,
        cast(seen - ended as bigint) as censored,
        cast(sum(seen - late) over (
            partition by segment order by day desc rows between unbounded preceding and current row
        ) as bigint) as at_risk,
        max(late) over (partition by segment) > 0 as enter_late,
        min(day) over (partition by segment) as first_day
    from by_day

),

begun as (

    select
        *,
        case when enter_late then min(case when at_risk >= 10 then day end) over (partition by segment) end as first_ten
    from at_risk

)

select
    segment,
    day,
    at_risk,
    ended,
    censored,
    exp(sum(case when ended < at_risk then ln(1 - share(ended, at_risk)) else 0 end) over so_far)
        * case when max(case when ended = at_risk then 1 else 0 end) over so_far = 1 then 0 else 1 end as survival,
    sum(case when ended < at_risk then cast(ended as double) / at_risk / (at_risk - ended) else 0 end)
        over so_far as greenwood,
    case when first_ten > first_day then first_ten end as begins
from begun
where seen > 0 and (first_ten is null or day >= first_ten)
window so_far as (partition by segment order by day rows between unbounded preceding and current row);

-- Return by days since leaving, as if nobody had been written to: Kaplan–Meier over absences, censored at the first
-- message or as_of. One row per day from 0 to the longest follow-up.
create macro return_curve(chosen_plan, chosen_interval, chosen_cause, chosen_source) as table
with

first_messages as (

    select absence_id, min(assigned_on) as first_message_on
    from messages
    where problem is null and arm = 'treated'
    group by absence_id

),

followed as (

    select
        coalesce(
            gone.returned_on <= coalesce(first_messages.first_message_on, settings.as_of), false
        ) as returned,
        least(
            coalesce(gone.returned_on, settings.as_of), coalesce(first_messages.first_message_on, settings.as_of), settings.as_of
        ) - gone.left_on as days
    from chosen_absences(chosen_plan, chosen_interval, chosen_cause, chosen_source) as gone
    left join first_messages on first_messages.absence_id = gone.absence_id
    cross join settings

),

by_day as (

    select
        days,
        count(*) as leaving_view,
        sum(case when returned then 1 else 0 end) as returns
    from followed
    group by days

),

every_day as (

    select
        calendar.day,
        coalesce(by_day.leaving_view, 0) as leaving_view,
        coalesce(by_day.returns, 0) as returns
    from (select unnest(range(0, longest + 1)) as day from (select max(days) as longest from by_day) as extent) as calendar
    left join by_day on by_day.days = calendar.day

),

at_risk as (

    select
        day,
        returns,
        leaving_view,
        sum(leaving_view) over (order by day desc rows between unbounded preceding and current row) as at_risk
    from every_day

),

stepped as (

    select
        day,
        at_risk,
        returns,
        exp(sum(case when returns < at_risk then ln(1 - share(returns, at_risk)) else 0 end) over so_far)
            * case when max(case when returns = at_risk then 1 else 0 end) over so_far = 1 then 0 else 1 end as still_gone,
        sum(case when returns < at_risk then cast(returns as double) / at_risk / (at_risk - returns) else 0 end) over so_far as greenwood
    from at_risk
    where at_risk > 0
    window so_far as (order by day rows between unbounded preceding and current row)

)

select
    day,
    at_risk,
    returns,
    still_gone,
    greenwood
from stepped;

-- Survival by plan at joining for every day of age up to a year beyond the oldest member, and under (all) for plans too small
-- to judge: Kaplan–Meier as far as at least ten are observed; beyond (and before the age at which the curve begins), the
-- hazard of the last 90 such days, leavers per member-day, an assumption (assumed is true there). cumulated is −ln S, moved
-- the variance that each day adds to it, weight the day's part in the assumed hazard. Where nobody left in those days, doubt
-- is the standard error that the upper end of the interval of no event allows, else 0.
create macro survival_ahead(chosen_plan, chosen_interval, chosen_source) as table
with

curve as (

    select segment, day, at_risk, ended, begins
    from survival_curve(chosen_plan, chosen_interval, null, chosen_source, 'plan')
    union all
    select segment, day, at_risk, ended, begins
    from survival_curve(chosen_plan, chosen_interval, null, chosen_source, 'none')

),

-- those of whom ten or more were observed, and no other, go on
reach as (

    select
        segment,
        max(case when at_risk >= 10 then day end) as followed,
        max(day) as oldest,
        coalesce(max(begins), 0) as begins
    from curve
    group by segment
    having max(at_risk) >= 10

),

every_day as (

    select
        ages.segment,
        ages.day,
        ages.day > ages.followed or ages.day < ages.begins as assumed,
        ages.day > ages.followed - 90 and ages.day <= ages.followed and ages.day >= ages.begins as recent,
        cast(coalesce(curve.ended, 0) as double) as ended,
        first_value(curve.at_risk ignore nulls) over (
            partition by ages.segment order by ages.day rows between current row and unbounded following
        ) as at_risk
    from (select segment, followed, begins, unnest(generate_series(0, oldest + 366)) as day from reach) as ages
    left join curve on curve.segment = ages.segment and curve.day = ages.day

),

recent as (

    select segment, sum(ended) as ended, sum(at_risk) as member_days
    from every_day
    where recent
    group by segment

),

stepped as (

    select
        every_day.segment,
        every_day.day,
        every_day.assumed,
        case when every_day.recent then every_day.at_risk / recent.member_days else 0 end as weight,
        case
            when every_day.assumed then recent.ended / recent.member_days
            when every_day.ended = 0 then 0
            when every_day.ended < every_day.at_risk then -ln(1 - every_day.ended / every_day.at_risk)
            else 50  -- all of ten or more left that day: nobody stays beyond it
        end as hazard,
        case
            when every_day.assumed or every_day.ended = every_day.at_risk then 0
            else every_day.ended / every_day.at_risk / (every_day.at_risk - every_day.ended)
        end as moved,
        case when recent.ended = 0 then events_high(0) / 1.959963984540054 / recent.member_days else 0 end as doubt
    from every_day
    left join recent on recent.segment = every_day.segment

)

select
    segment,
    day,
    assumed,
    weight,
    moved,
    doubt,
    sum(hazard) over (partition by segment order by day rows between unbounded preceding and current row) as cumulated
from stepped;

-- Today's members by plan at joining and age, month by month for a year: the share of them expected to remain, their
-- survival given that they came so far, and how many of the days until then rest on the assumption.
create macro remaining_base(chosen_plan, chosen_interval, chosen_source) as table
with

ahead as (

    select segment, day, assumed, cumulated
    from survival_ahead(chosen_plan, chosen_interval, chosen_source)

),

reach as (

    select segment, max(case when not assumed then day end) as followed
    from ahead
    group by segment

),

today as (

    select
        coalesce(judged.segment, '(all)') as segment,
        followed.seen_until as age,
        count(*) as members,
        sum_of_amounts(held.mrr) as mrr
    from followed_spells(chosen_plan, chosen_interval, chosen_source, 'plan') as followed
    join stints as held on held.spell_id = followed.spell_id and held.ended_on is null
    left join reach as judged on judged.segment = followed.segment
    where not followed.ended
    group by coalesce(judged.segment, '(all)'), followed.seen_until

),

months as (

    select
        months_ahead,
        cast(settings.as_of + to_months(months_ahead) as date) as day,
        cast(settings.as_of + to_months(months_ahead) as date) - settings.as_of as days_ahead
    from settings
    cross join (select unnest([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) as months_ahead) as ahead

),

-- materialized, else the engine joins whole curves with one another before it compares days
begun as materialized (

    select today.segment, today.age, today.members, today.mrr, reach.followed, ahead.cumulated
    from today
    join reach on reach.segment = today.segment
    join ahead on ahead.segment = today.segment and ahead.day = today.age

),

pairs as materialized (

    select
        begun.segment,
        begun.age,
        begun.members,
        begun.mrr,
        begun.followed,
        begun.cumulated,
        months.months_ahead,
        months.day,
        months.days_ahead,
        begun.age + months.days_ahead as later_age
    from begun
    cross join months

)

select
    pairs.segment,
    pairs.age,
    pairs.months_ahead,
    pairs.day,
    pairs.days_ahead,
    pairs.members,
    pairs.mrr,
    exp(pairs.cumulated - later.cumulated) as staying,
    greatest(0, pairs.later_age - greatest(pairs.age, pairs.followed)) as days_assumed
from pairs
join ahead as later on later.segment = pairs.segment and later.day = pairs.later_age;
