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
            select least(min(spells.started_on), max(settings.as_of)) as first_day, max(settings.as_of) as as_of
            from settings
            left join spells on spells.started_on <= settings.as_of
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
from (
    select started_on as day, count(*) as started, 0 as ended
    from chosen_stints(chosen_plan, chosen_interval, chosen_source)
    group by started_on
    union all
    select ended_on as day, 0 as started, count(*) as ended
    from chosen_stints(chosen_plan, chosen_interval, chosen_source)
    where ended_on is not null
    group by ended_on
) as movements
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
        leavers.*,
        period_of(leavers.left_on, chosen_grain) as period_start,
        least(period_end(period_of(leavers.left_on, chosen_grain), chosen_grain), settings.as_of) as counted_until
    from leavers
    cross join settings
    where is_chosen(chosen_cause, leavers.cause)

),

-- nearly all held their last stint at the start already; the few who switched within the period are looked up
from_start as (

    select spell_id, member, period_start, counted_until, left_on, returned_on, cause, plan, interval, source, mrr
    from leaving
    where stint_started_on < period_start
        and is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval) and is_chosen(chosen_source, source)
    union all
    select
        leaving.spell_id,
        leaving.member,
        leaving.period_start,
        leaving.counted_until,
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

back_again as (

    select from_start.spell_id
    from from_start
    join spells on spells.member = from_start.member
    where from_start.returned_on <= from_start.counted_until
        and spells.started_on > from_start.left_on
        and spells.started_on <= from_start.counted_until
        and (spells.ended_on is null or spells.ended_on > from_start.counted_until)

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
