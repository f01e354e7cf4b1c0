-- Who counts: all filters, as table macros. A null choice means no filter.

-- Is a value among the chosen ones?
create macro is_chosen(chosen, given) as chosen is null or list_contains(chosen, cast(given as varchar));

-- The periods from the first start to as_of; a period that as_of cuts ends there and keeps its full last day beside it.
create macro periods_of(chosen_grain) as table
select
    calendar.period_start,
    period_end(calendar.period_start, chosen_grain) as last_day,
    least(period_end(calendar.period_start, chosen_grain), settings.as_of) as counted_until,
    period_state(period_end(calendar.period_start, chosen_grain), settings.grace_days, settings.as_of) as state,
    period_end(calendar.period_start, chosen_grain) + settings.grace_days as settles_on
from (
    select distinct period_of(day, chosen_grain) as period_start
    from (
        select cast(unnest(generate_series(first_day, as_of, interval 1 day)) as date) as day
        from (
            select least((select min(started_on) from spells), as_of) as first_day, as_of
            from settings
        ) as extent
    ) as days
) as calendar
cross join settings
where settings.observed_from is null or calendar.period_start >= settings.observed_from;

-- Stints of the chosen segment.
create macro chosen_stints(chosen_plan, chosen_interval, chosen_source) as table
select
    spell_id,
    member,
    spell_number,
    stint_number,
    started_on,
    ended_on,
    plan,
    interval,
    source,
    mrr
from stints
where is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval) and is_chosen(chosen_source, source);

-- Members who came into the chosen segment, and went out of it, day by day.
create macro daily_movements(chosen_plan, chosen_interval, chosen_source) as table
select
    day,
    sum(started) as started,
    sum(ended) as ended
from movements_by_day
where is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval) and is_chosen(chosen_source, source)
group by day;

-- Leavers of the chosen segment, with the segment held at the end.
create macro chosen_leavers(chosen_plan, chosen_interval, chosen_cause, chosen_source) as table
select
    spell_id,
    member,
    spell_number,
    started_on,
    left_on,
    returned_on,
    cause,
    ended_basis,
    paused,
    plan,
    interval,
    source,
    mrr
from leavers
where is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval)
    and is_chosen(chosen_cause, cause) and is_chosen(chosen_source, source);

-- Leavers who were members when their period began, in the segment that they then held. back: members again at its end.
create macro leavers_from_start(chosen_grain, chosen_plan, chosen_interval, chosen_cause, chosen_source) as table
with

leaving as (

    select
        *,
        period_of(left_on, chosen_grain) as period_start
    from leavers
    where is_chosen(chosen_cause, cause)

),

-- nearly all held their last stint at the start already; the few who switched within the period are looked up
from_start as (

    select spell_id, member, period_start, left_on, returned_on, cause, plan, interval, source, mrr
    from leaving
    where stint_started_on < period_start
        and is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval) and is_chosen(chosen_source, source)
    union all
    select
        leaving.spell_id,
        leaving.member,
        leaving.period_start,
        leaving.left_on,
        leaving.returned_on,
        leaving.cause,
        held.plan,
        held.interval,
        held.source,
        held.mrr
    from leaving
    join chosen_stints(chosen_plan, chosen_interval, chosen_source) as held on held.spell_id = leaving.spell_id
    where leaving.started_on < leaving.period_start and leaving.stint_started_on >= leaving.period_start
        and held.started_on < leaving.period_start and held.ended_on >= leaving.period_start

),

-- few return at all: the end of the period is worked out for them alone
came_back as (

    select
        leavers.spell_id,
        leavers.member,
        leavers.left_on,
        leavers.returned_on,
        least(period_end(period_of(leavers.left_on, chosen_grain), chosen_grain), settings.as_of) as counted_until
    from leavers
    cross join settings
    where leavers.returned_on is not null

),

back_again as (

    select came_back.spell_id
    from came_back
    join spells on spells.member = came_back.member
    where came_back.returned_on <= came_back.counted_until
        and spells.started_on > came_back.left_on
        and spells.started_on <= came_back.counted_until
        and (spells.ended_on is null or spells.ended_on > came_back.counted_until)

)

select
    from_start.spell_id,
    from_start.member,
    from_start.period_start,
    from_start.left_on,
    from_start.returned_on,
    from_start.cause,
    from_start.plan,
    from_start.interval,
    from_start.source,
    from_start.mrr,
    back_again.spell_id is not null as back
from from_start
left join back_again on back_again.spell_id = from_start.spell_id;

-- Absences of the chosen segment, with the segment held when leaving.
create macro chosen_absences(chosen_plan, chosen_interval, chosen_cause, chosen_source) as table
select
    absence_id,
    member,
    left_on,
    returned_on,
    within_grace,
    plan,
    interval,
    source,
    cause
from absences
where is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval)
    and is_chosen(chosen_cause, cause) and is_chosen(chosen_source, source);

-- Messages to leavers of the chosen segment that fall into an absence.
create macro chosen_messages(chosen_plan, chosen_interval, chosen_cause, chosen_source) as table
select
    message,
    member,
    absence_id,
    campaign,
    arm,
    incentive,
    assigned_on,
    left_on,
    returned_on,
    sent,
    delivered,
    opened,
    clicked,
    replied,
    settles_on,
    settled,
    returned
from messages
where problem is null
    and is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval)
    and is_chosen(chosen_cause, cause) and is_chosen(chosen_source, source);

-- Answers of the chosen segment: one per leaving, or every answer, matched to a leaving or not.
create macro chosen_answers(chosen_unit, chosen_plan, chosen_interval, chosen_cause, chosen_source) as table
select
    answer,
    member,
    day,
    asked_on,
    answered,
    usable,
    junk,
    reasons,
    comment,
    spell_id,
    case when chosen_unit = 'answer' then day else left_on end as counted_on,
    plan,
    interval,
    source,
    cause,
    mrr
from answers
where (chosen_unit = 'answer' or speaks_for_leaving)
    and is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval)
    and is_chosen(chosen_cause, cause) and is_chosen(chosen_source, source);

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

-- Into which segment of a breakdown does somebody fall? `days` is how long the spell had lasted.
create macro segment_of(breakdown, plan, interval, source, spell_number, started_on, days) as cast(case breakdown
    when 'plan' then cast(plan as varchar)
    when 'interval' then cast(interval as varchar)
    when 'source' then cast(source as varchar)
    when 'tenure' then tenure_band(days)
    when 'year' then cast(year(started_on) as varchar)
    when 'spell' then case when spell_number = 1 then 'first' else 'later' end
    else '(all)'
end as varchar);

-- The whole periods of two ranges of days; without days the newest settled period against the one before it.
create macro compared_periods(chosen_grain, before_first, before_last, after_first, after_last) as table
with

whole as (

    select
        period_start,
        last_day,
        state,
        row_number() over (partition by state order by period_start desc) as recency
    from periods_of(chosen_grain)
    where state <> 'running'

)

select period_start, last_day, state, 'before' as side
from whole
where case
    when before_first is null and before_last is null then state = 'settled' and recency = 2
    else (before_first is null or period_start >= before_first) and (before_last is null or last_day <= before_last)
end
union all
select period_start, last_day, state, 'after' as side
from whole
where case
    when after_first is null and after_last is null then state = 'settled' and recency = 1
    else (after_first is null or period_start >= after_first) and (after_last is null or last_day <= after_last)
end;

-- Members of the chosen segment by their first paid day, from observed_from on: who left earlier is not in the data.
create macro cohort_starts(chosen_plan, chosen_interval, chosen_source) as table
select
    first_stints.member,
    period_of(first_stints.started_on, 'month') as cohort,
    first_stints.started_on,
    full_months(first_stints.started_on, settings.as_of) as seen_months
from chosen_stints(chosen_plan, chosen_interval, chosen_source) as first_stints
cross join settings
where first_stints.spell_number = 1 and first_stints.stint_number = 1
    and (settings.observed_from is null or period_of(first_stints.started_on, 'month') >= settings.observed_from);

-- Spells of the chosen segment on the axis of their age: from the day they enter (−1: from the beginning; a spell older
-- than observed_from enters at the age it had that day) to the day they were last seen.
create macro followed_spells(chosen_plan, chosen_interval, chosen_source, breakdown) as table
select
    segment,
    spell_id,
    cause,
    mrr,
    ended,
    entered,
    seen_until
from (
    select
        segment_of(
            breakdown, first_stints.plan, first_stints.interval, first_stints.source, first_stints.spell_number,
            spells.started_on, 0
        ) as segment,
        spells.spell_id,
        spells.cause,
        first_stints.mrr,
        spells.ended_on is not null as ended,
        case
            when spells.started_on < settings.observed_from then settings.observed_from - spells.started_on
            else -1
        end as entered,
        coalesce(spells.ended_on, settings.as_of) - spells.started_on as seen_until
    from chosen_stints(chosen_plan, chosen_interval, chosen_source) as first_stints
    join spells on spells.spell_id = first_stints.spell_id
    cross join settings
    where first_stints.stint_number = 1
) as followed
where seen_until > entered;

-- Survival by segment and day of age: Kaplan–Meier over spells, those not ended censored at as_of, other causes than the
-- chosen ones censored at their end. greenwood is Σ d ÷ (n (n − d)). A row per day on which a spell was last seen.
create macro survival_curve(chosen_plan, chosen_interval, chosen_cause, chosen_source, breakdown) as table
with

lasting as (

    select
        segment,
        entered,
        seen_until as day,
        count(*) as seen,
        sum(case when ended and is_chosen(chosen_cause, cause) then 1 else 0 end) as ended
    from followed_spells(chosen_plan, chosen_interval, chosen_source, breakdown)
    group by segment, entered, seen_until

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
        ) as bigint) as at_risk
    from by_day

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
        over so_far as greenwood
from at_risk
where seen > 0
window so_far as (partition by segment order by day rows between unbounded preceding and current row);

-- Requests to cancel of the chosen segment and days.
create macro chosen_requests(chosen_plan, chosen_interval, chosen_source, chosen_first, chosen_last) as table
select
    request,
    member,
    requested_at,
    requested_on,
    brought,
    tells_replies,
    tells_ends,
    problem,
    cast(channel as varchar) as channel,
    contacts,
    self_service,
    outcome,
    is_open,
    waited,
    hours_to_reply,
    hours_to_done,
    awaits_reply,
    awaits_end,
    offer,
    offer_accepted,
    offer_ended_on,
    rating,
    cast(heat as varchar) as heat,
    heat_outcome,
    cast(plan as varchar) as plan,
    mrr,
    is_real,
    due_on,
    save_settles_on,
    saved
from farewells
where is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval) and is_chosen(chosen_source, source)
    and (chosen_first is null or requested_on >= chosen_first) and (chosen_last is null or requested_on <= chosen_last);

-- Into which segment of a breakdown does a request fall? Weekdays count from Monday, 1, to Sunday, 7.
create macro request_segment(breakdown, grain, channel, requested_on, plan) as cast(case breakdown
    when 'channel' then channel
    when 'weekday' then cast(1 + (requested_on - date '1900-01-01') % 7 as varchar)
    when 'month' then cast(period_of(requested_on, grain) as varchar)
    when 'plan' then plan
    else '(all)'
end as varchar);

-- What each request waited for, in hours: the first reply (where there was somebody to reply) and its end. Waiting is
-- over (ended = 1), or was seen as far as as_of (ended = 0).
create macro waits(chosen_plan, chosen_interval, chosen_source, chosen_first, chosen_last, breakdown, chosen_grain) as table
select
    'reply' as waited_for,
    request,
    request_segment(breakdown, chosen_grain, channel, requested_on, plan) as segment,
    coalesce(hours_to_reply, waited) as hours,
    case when hours_to_reply is null then 0 else 1 end as ended
from chosen_requests(chosen_plan, chosen_interval, chosen_source, chosen_first, chosen_last)
where not self_service and (hours_to_reply is not null or awaits_reply)
union all
select
    'done' as waited_for,
    request,
    request_segment(breakdown, chosen_grain, channel, requested_on, plan) as segment,
    coalesce(hours_to_done, waited) as hours,
    case when hours_to_done is null then 0 else 1 end as ended
from chosen_requests(chosen_plan, chosen_interval, chosen_source, chosen_first, chosen_last)
where hours_to_done is not null or awaits_end;

-- The share still waiting after so many hours, Kaplan–Meier: one row per segment and hour at which a wait ended or was
-- last seen. Where nobody waits any more, it is the plain share, and its median the value of the middle row.
create macro waiting_curve(chosen_plan, chosen_interval, chosen_source, chosen_first, chosen_last, breakdown, chosen_grain) as table
with

counted as (

    select
        waited_for,
        segment,
        hours,
        count(*) as seen,
        sum(ended) as ended
    from waits(chosen_plan, chosen_interval, chosen_source, chosen_first, chosen_last, breakdown, chosen_grain)
    group by waited_for, segment, hours

),

at_risk as (

    select
        waited_for,
        segment,
        hours,
        seen,
        ended,
        sum(seen) over (
            partition by waited_for, segment order by hours desc rows between unbounded preceding and current row
        ) as at_risk
    from counted

)

select
    waited_for,
    segment,
    hours,
    cast(at_risk as bigint) as at_risk,
    cast(ended as bigint) as ended,
    cast(seen - ended as bigint) as censored,
    exp(sum(case when ended < at_risk then ln(1 - share(ended, at_risk)) else 0 end) over so_far)
        * case when max(case when ended = at_risk then 1 else 0 end) over so_far = 1 then 0 else 1 end as waiting,
    sum(case when ended < at_risk then cast(ended as double) / at_risk / (at_risk - ended) else 0 end) over so_far as greenwood
from at_risk
window so_far as (partition by waited_for, segment order by hours rows between unbounded preceding and current row);

-- Every yes-or-no number of the farewell: one row per request and measure that it counts for, whether it is a hit, and the
-- day from which that no longer moves.
create macro measured_requests(chosen_plan, chosen_interval, chosen_source, chosen_first, chosen_last, promise) as table
with

chosen as (

    select * from chosen_requests(chosen_plan, chosen_interval, chosen_source, chosen_first, chosen_last)

),

promised as (

    select
        promises.measure,
        chosen.request,
        coalesce(chosen.hours_to_done <= promises.hours, false) as hit,
        chosen.requested_on + cast(ceil(promises.hours / 24.0) as integer) as settles_on,
        chosen.waited >= promises.hours as settled
    from chosen
    cross join (select 'within_promise' as measure, promise as hours union all select 'within_day', 24) as promises
    where chosen.hours_to_done is not null or chosen.awaits_end

),

judged as (

    select measure, request, hit, settles_on, settled from promised
    union all
    select 'more_contacts', request, contacts > 1, requested_on, true from chosen where contacts is not null
    union all
    select 'self_service', request, self_service and not is_open, requested_on, true
    from chosen
    where contacts is not null or channel <> '(none)'
    union all
    select 'good_rating', request, rating >= 4, requested_on, true from chosen where rating is not null
    union all
    select 'heat', request, heat <> 'none', requested_on, true from chosen where heat is not null
    union all
    select 'saved', request, saved, save_settles_on, save_settles_on <= settings.as_of
    from chosen
    cross join settings
    where is_real and save_settles_on is not null

)

select
    judged.measure,
    judged.request,
    judged.hit,
    judged.settles_on,
    judged.settled,
    chosen.member,
    chosen.requested_on,
    chosen.channel,
    chosen.plan
from judged
join chosen on chosen.request = judged.request;

-- Survival by plan at joining for every day of age up to a year beyond the oldest member: Kaplan–Meier as far as at least
-- ten are observed; beyond, the hazard of the last 90 such days, leavers per member-day, an assumption (assumed is true
-- there). cumulated is −ln S, moved the variance that each day adds to it, weight the day's part in the assumed hazard.
create macro survival_ahead(chosen_plan, chosen_interval, chosen_source) as table
with

curve as (

    select segment, day, at_risk, ended
    from survival_curve(chosen_plan, chosen_interval, null, chosen_source, 'plan')

),

reach as (

    select segment, coalesce(max(case when at_risk >= 10 then day end), 0) as followed, max(day) as oldest
    from curve
    group by segment

),

every_day as (

    select
        ages.segment,
        ages.day,
        ages.day > ages.followed as assumed,
        ages.day > ages.followed - 90 and ages.day <= ages.followed as recent,
        cast(coalesce(curve.ended, 0) as double) as ended,
        first_value(curve.at_risk ignore nulls) over (
            partition by ages.segment order by ages.day rows between current row and unbounded following
        ) as at_risk
    from (select segment, followed, unnest(generate_series(0, oldest + 366)) as day from reach) as ages
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
            else 50  -- ten or more, and all of them left that day: nobody stays beyond it
        end as hazard,
        case
            when every_day.assumed or every_day.ended = every_day.at_risk then 0
            else every_day.ended / every_day.at_risk / (every_day.at_risk - every_day.ended)
        end as moved
    from every_day
    left join recent on recent.segment = every_day.segment

)

select
    segment,
    day,
    assumed,
    weight,
    moved,
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
        followed.segment,
        followed.seen_until as age,
        count(*) as members,
        sum(held.mrr) as mrr
    from followed_spells(chosen_plan, chosen_interval, chosen_source, 'plan') as followed
    join stints as held on held.spell_id = followed.spell_id and held.ended_on is null
    where not followed.ended
    group by followed.segment, followed.seen_until

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

-- Whoever asked, in any file, not to be written to: by the person, and by every person with the same e-mail address.
create macro withheld_people() as table
with

asked as (

    select member from people where no_contact_since is not null
    union
    select member from messages where unsubscribed
    union
    select people.member
    from outreach
    join people on people.member_id = outreach.member_id
    where outreach.unsubscribed_at is not null

)

select member from asked
union
select same.member
from asked
join people on people.member = asked.member
join people as same on same.email_norm = people.email_norm;

-- Everybody who left and is not back, with the last leaving, what was written to them since, and what they said.
create macro gone_people(chosen_plan, chosen_interval, chosen_cause, chosen_source) as table
with

gone as (

    select absence_id, member, left_on, plan, cause
    from chosen_absences(chosen_plan, chosen_interval, chosen_cause, chosen_source)
    where returned_on is null

),

-- a lifetime, free or trial membership that runs is no leaving
inside as (

    select distinct people.member
    from unpaid
    join subscriptions
        on subscriptions.import_id = unpaid.import_id and subscriptions.source_row = unpaid.source_row
        and subscriptions.subscription_id is not distinct from unpaid.subscription_id
    join people on people.member_id = unpaid.member_id
    where unpaid.why in ('lifetime', 'free', 'trial', 'in_the_future') and subscriptions.ended_on is null

),

written as (

    select
        absence_id,
        sum(case when sent then 1 else 0 end) as letters,
        max(case when sent then assigned_on end) as last_letter_on,
        max(case when replied then 1 else 0 end) as replies,
        max(case when arm = 'holdout' and not settled then 1 else 0 end) as held_out
    from messages
    where problem is null
    group by absence_id

),

heard as (

    select
        leavers.member,
        leavers.left_on,
        max(case when answers.usable then 1 else 0 end) as answered,
        max(case when answers.speaks_for_leaving then answers.answer end) as answer
    from answers
    join leavers on leavers.spell_id = answers.spell_id
    group by leavers.member, leavers.left_on

)

select
    gone.member,
    gone.left_on,
    gone.plan,
    gone.cause,
    heard.answer,
    coalesce(heard.answered, 0) = 1 or coalesce(written.replies, 0) = 1 as gave_feedback,
    coalesce(written.letters, 0) as letters,
    written.last_letter_on
from gone
left join written on written.absence_id = gone.absence_id
left join heard on heard.member = gone.member and heard.left_on = gone.left_on
where gone.member not in (select member from inside) and coalesce(written.held_out, 0) = 0;

-- Every member's newest charge, where it failed at most 30 days before as_of and nothing was paid since.
create macro failed_cards() as table
with

ranked as (

    select
        people.member,
        cast(payments.paid_at as date) as day,
        payments.status,
        row_number() over (
            partition by people.member order by payments.paid_at desc, case payments.status when 'failed' then 1 else 0 end
        ) as recency
    from payments
    join people on people.member_id = payments.member_id
    cross join settings
    where payments.status in ('paid', 'failed') and payments.paid_at < settings.as_of + 1

)

select ranked.member, ranked.day as failed_on
from ranked
cross join settings
where ranked.recency = 1 and ranked.status = 'failed' and ranked.day >= settings.as_of - 30;

-- Everything to do, whoever it is about; day is when it began or falls due. The days chosen are those of the leaving.
create macro todos(chosen_plan, chosen_interval, chosen_cause, chosen_source, chosen_first, chosen_last, promise) as table
with

held as (

    select member, spell_id, plan
    from chosen_stints(chosen_plan, chosen_interval, chosen_source)
    where ended_on is null

),

going as (

    select
        people.member,
        max(subscriptions.access_until) as access_until
    from subscriptions
    join people on people.member_id = subscriptions.member_id
    cross join settings
    where subscriptions.status = 'pending_cancel' and subscriptions.ended_on is null
        and subscriptions.access_until > settings.as_of
    group by people.member

),

past_due as (

    select
        people.member,
        min(coalesce(subscriptions.access_until, settings.as_of)) as failed_on
    from subscriptions
    join people on people.member_id = subscriptions.member_id
    cross join settings
    where subscriptions.status = 'past_due' and subscriptions.ended_on is null
    group by people.member

),

cards as (

    select member, min(failed_on) as failed_on
    from (select member, failed_on from failed_cards() union all select member, failed_on from past_due) as both_ways
    group by member

),

lost_cards as (

    select leavers.member, leavers.plan, leavers.left_on
    from chosen_leavers(chosen_plan, chosen_interval, chosen_cause, chosen_source) as leavers
    where leavers.cause <> 'voluntary' and leavers.returned_on is null

)

select 'never_contacted' as todo, member, left_on as day, left_on, cast(plan as varchar) as plan, answer, cast(null as varchar) as detail
from gone_people(chosen_plan, chosen_interval, chosen_cause, chosen_source)
where letters = 0
    and (chosen_first is null or left_on >= chosen_first) and (chosen_last is null or left_on <= chosen_last)
union all
select 'ask_again', member, last_letter_on, left_on, cast(plan as varchar), answer, null
from gone_people(chosen_plan, chosen_interval, chosen_cause, chosen_source)
where letters > 0 and not gave_feedback
    and (chosen_first is null or left_on >= chosen_first) and (chosen_last is null or left_on <= chosen_last)
union all
select 'late_requests', member, requested_on, null, plan, null, channel
from chosen_requests(chosen_plan, chosen_interval, chosen_source, null, null)
where awaits_end and waited > promise
union all
select 'offer_ends', asked.member, asked.offer_ended_on, null, asked.plan, null, asked.offer
from chosen_requests(chosen_plan, chosen_interval, chosen_source, null, null) as asked
join (select distinct member from held) as staying on staying.member = asked.member
cross join settings
where asked.offer_accepted and period_of(asked.offer_ended_on, 'month') = period_of(settings.as_of + 1, 'month')
union all
select 'paid_up', going.member, going.access_until, going.access_until, max(cast(held.plan as varchar)), null, null
from going
join held on held.member = going.member
group by going.member, going.access_until
union all
select 'card_to_update', cards.member, cards.failed_on, lost_cards.left_on,
    coalesce(max(cast(held.plan as varchar)), max(cast(lost_cards.plan as varchar))), null, null
from cards
left join held on held.member = cards.member
left join lost_cards on lost_cards.member = cards.member and lost_cards.left_on >= cards.failed_on - 45
where cards.member not in (select member from going) and (held.member is not null or lost_cards.member is not null)
group by cards.member, cards.failed_on, lost_cards.left_on;

-- Into which group of a breakdown does a leaving fall? `days` is how long the spell had lasted.
create macro leaver_group(breakdown, plan, days, source, cause, spell_number, mrr) as cast(case breakdown
    when 'plan' then cast(plan as varchar)
    when 'tenure' then case when days is null then '(none)' else tenure_band(days) end
    when 'source' then cast(source as varchar)
    when 'cause' then cast(cause as varchar)
    when 'spell' then case when spell_number = 1 then 'first' when spell_number > 1 then 'later' else '(none)' end
    when 'price_band' then price_band(mrr)
    else '(all)'
end as varchar);

-- Usable answers of the chosen segment and days, each with the group of its leaving.
create macro grouped_answers(
    breakdown, chosen_unit, chosen_first, chosen_last, chosen_plan, chosen_interval, chosen_cause, chosen_source
) as table
select
    spoken.answer,
    spoken.member,
    spoken.counted_on,
    leaver_group(
        breakdown, spoken.plan, leavers.left_on - leavers.started_on, spoken.source, spoken.cause, leavers.spell_number, spoken.mrr
    ) as segment
from chosen_answers(chosen_unit, chosen_plan, chosen_interval, chosen_cause, chosen_source) as spoken
left join leavers on leavers.spell_id = spoken.spell_id
where spoken.usable
    and (chosen_first is null or spoken.counted_on >= chosen_first) and (chosen_last is null or spoken.counted_on <= chosen_last);

-- Leavers of the chosen segment and days, each with its group and what the survey heard of it.
create macro asked_leavers(
    breakdown, chosen_first, chosen_last, chosen_plan, chosen_interval, chosen_cause, chosen_source
) as table
select
    gone.spell_id,
    gone.member,
    gone.left_on,
    gone.started_on,
    gone.returned_on,
    gone.spell_number,
    gone.plan,
    gone.source,
    gone.cause,
    gone.mrr,
    said.answer,
    said.answer is not null as asked,
    coalesce(said.usable, false) as usable,
    coalesce(said.junk, false) as junk,
    leaver_group(
        breakdown, gone.plan, gone.left_on - gone.started_on, gone.source, gone.cause, gone.spell_number, gone.mrr
    ) as segment
from chosen_leavers(chosen_plan, chosen_interval, chosen_cause, chosen_source) as gone
left join answers as said on said.spell_id = gone.spell_id and said.speaks_for_leaving
where (chosen_first is null or gone.left_on >= chosen_first) and (chosen_last is null or gone.left_on <= chosen_last);

-- Each leaving with each reason named for it, weighing together 1; no_answer where none was named.
create macro leaving_reasons() as table
select
    leavers.spell_id,
    leavers.member,
    leavers.left_on,
    cast(coalesce(codes.reason, 'no_answer') as varchar) as reason,
    case when codes.reason is null then 1 else 1.0 / said.reasons end as weight
from leavers
left join answers as said on said.spell_id = leavers.spell_id and said.speaks_for_leaving and said.usable
left join (select answer, reason from named_reasons group by answer, reason) as codes on codes.answer = said.answer;

-- Comments of the chosen segment and days that say something, and hold every word that is looked for.
create macro chosen_comments(
    chosen_words, chosen_reason, chosen_first, chosen_last, chosen_unit, chosen_plan, chosen_interval, chosen_cause, chosen_source
) as table
select
    spoken.answer,
    spoken.member,
    spoken.counted_on,
    spoken.plan,
    spoken.comment,
    spoken.searched
from (
    select answer, member, counted_on, plan, comment, searchable(comment) as searched
    from chosen_answers(chosen_unit, chosen_plan, chosen_interval, chosen_cause, chosen_source)
    where answered and comment is not null and not is_junk(comment)
) as spoken
where (chosen_first is null or spoken.counted_on >= chosen_first) and (chosen_last is null or spoken.counted_on <= chosen_last)
    and (chosen_words is null or len(list_filter(
        string_split(trim(searchable(chosen_words)), ' '), lambda word: not contains(spoken.searched, word)
    )) = 0)
    and (chosen_reason is null or exists (
        select 1 from named_reasons
        where named_reasons.answer = spoken.answer and list_contains(chosen_reason, cast(named_reasons.reason as varchar))
    ));

-- Comments by theme; a rule is theme=keyword, and a comment falls under a theme once, however many of its keywords it holds.
create macro themed_comments(
    chosen_themes, chosen_words, chosen_reason, chosen_first, chosen_last, chosen_unit, chosen_plan, chosen_interval,
    chosen_cause, chosen_source
) as table
select
    rules.theme,
    said.answer,
    said.member,
    said.counted_on,
    said.plan,
    said.comment
from chosen_comments(
    chosen_words, chosen_reason, chosen_first, chosen_last, chosen_unit, chosen_plan, chosen_interval, chosen_cause, chosen_source
) as said
join (
    select split_part(rule, '=', 1) as theme, keyword_sought(split_part(rule, '=', 2)) as keyword
    from (select unnest(cast(chosen_themes as varchar[])) as rule) as written
) as rules on contains(said.searched, rules.keyword)
group by rules.theme, said.answer, said.member, said.counted_on, said.plan, said.comment;

-- Both arms of the campaigns to compare, a leaver once per incentive, campaign and arm: campaigns with a hold-out where an
-- incentive had one, else all of its campaigns.
create macro campaign_arms(
    chosen_first, chosen_last, chosen_plan, chosen_interval, chosen_cause, chosen_source
) as table
with

sent as (

    select campaign, arm, incentive, absence_id, member, left_on, returned_on, settled, returned, assigned_on
    from chosen_messages(chosen_plan, chosen_interval, chosen_cause, chosen_source)
    where (chosen_first is null or assigned_on >= chosen_first) and (chosen_last is null or assigned_on <= chosen_last)

),

campaigns as (

    select
        incentives.incentive,
        incentives.campaign,
        max(case when sent.arm = 'holdout' then 1 else 0 end) as has_holdout
    from (select distinct incentive, campaign from sent where arm = 'treated') as incentives
    join sent on sent.campaign = incentives.campaign
    group by incentives.incentive, incentives.campaign

),

compared as (

    select incentive, max(has_holdout) as has_holdout
    from campaigns
    group by incentive

)

select
    campaigns.incentive,
    campaigns.campaign,
    compared.has_holdout = 1 as has_holdout,
    sent.arm,
    sent.absence_id,
    min(sent.member) as member,
    min(sent.left_on) as left_on,
    min(sent.assigned_on) as assigned_on,
    min(sent.returned_on) as returned_on,
    max(case when sent.settled then 1 else 0 end) as settled,
    max(case when sent.settled and sent.returned then 1 else 0 end) as returned
from campaigns
join compared on compared.incentive = campaigns.incentive and campaigns.has_holdout = compared.has_holdout
join sent on sent.campaign = campaigns.campaign
    and (sent.arm = 'holdout' or sent.incentive = campaigns.incentive)
group by campaigns.incentive, campaigns.campaign, compared.has_holdout, sent.arm, sent.absence_id;

-- A leaver's first message of each offer (incentive or campaign), and whether a return followed within the win-back days.
create macro first_messages(
    breakdown, chosen_first, chosen_last, chosen_plan, chosen_interval, chosen_cause, chosen_source
) as table
select
    firsts.offer,
    firsts.absence_id,
    firsts.member,
    firsts.left_on,
    firsts.returned_on,
    firsts.assigned_on,
    firsts.assigned_on - firsts.left_on as days_away,
    firsts.assigned_on - firsts.left_on + settings.winback_days as days_until,
    firsts.assigned_on + settings.winback_days as settles_on,
    firsts.assigned_on + settings.winback_days <= settings.as_of as settled,
    coalesce(firsts.returned_on - firsts.assigned_on <= settings.winback_days, false) as returned,
    count(*) over (partition by firsts.absence_id) > 1 as shared
from (
    select
        case breakdown when 'campaign' then campaign when 'incentive' then incentive else '(all)' end as offer,
        absence_id,
        min(member) as member,
        min(assigned_on) as assigned_on,
        min(left_on) as left_on,
        min(returned_on) as returned_on
    from chosen_messages(chosen_plan, chosen_interval, chosen_cause, chosen_source)
    where arm = 'treated'
        and (chosen_first is null or assigned_on >= chosen_first) and (chosen_last is null or assigned_on <= chosen_last)
    group by case breakdown when 'campaign' then campaign when 'incentive' then incentive else '(all)' end, absence_id
) as firsts
cross join settings;

-- Returns within the win-back days of a settled message, each credited once, to the last message before it.
create macro credited_returns(
    chosen_first, chosen_last, chosen_plan, chosen_interval, chosen_cause, chosen_source
) as table
select incentive, campaign, member, absence_id, assigned_on, left_on, returned_on, incentive_ends_on, mrr
from (
    select
        sent.incentive,
        sent.campaign,
        sent.member,
        sent.absence_id,
        sent.assigned_on,
        sent.left_on,
        sent.returned_on,
        offered.incentive_ends_on,
        coalesce(again.mrr, 0) as mrr,
        row_number() over (
            partition by sent.absence_id order by sent.assigned_on desc, sent.message desc, again.started_on desc
        ) as recency
    from chosen_messages(chosen_plan, chosen_interval, chosen_cause, chosen_source) as sent
    join messages as offered on offered.message = sent.message
    left join stints as again
        on again.member = sent.member and again.started_on <= sent.returned_on
        and (again.ended_on is null or again.ended_on > sent.returned_on)
    where sent.arm = 'treated' and sent.settled and sent.returned
        and (chosen_first is null or sent.assigned_on >= chosen_first) and (chosen_last is null or sent.assigned_on <= chosen_last)
) as claims
where recency = 1;

-- Names of some members, to hide their own in what they wrote.
create macro names_of(some_members) as table
select people.member, people.name
from people
join (select unnest(cast(some_members as integer[])) as member) as asked on asked.member = people.member
where people.name is not null;

-- First names of all members, to hide them in what others wrote.
create macro first_names() as table
select distinct split_part(trim(name), ' ', 1) as first_name
from people
where name is not null;
