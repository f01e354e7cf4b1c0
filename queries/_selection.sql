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

-- Stints of the chosen segment.
create macro chosen_stints(chosen_plan, chosen_interval, chosen_source) as table
select
    spell_id,
    member,
    spell_number,
    stint_number,
    spell_started_on,
    started_on,
    ended_on,
    plan,
    interval,
    source,
    mrr
from stints
where is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval) and is_chosen(chosen_source, source);

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

-- one row per grain and leaver who was a member again at the end of the period of leaving
create table back_by_end as

with

later as (

    select leavers.spell_id, leavers.left_on, leavers.returned_on, spells.started_on, spells.ended_on
    from leavers
    join spells on spells.member = leavers.member and spells.started_on > leavers.left_on
    where leavers.returned_on is not null

),

followed as (

    select
        later.*,
        grains.grain,
        least(period_end(period_of(later.left_on, grains.grain), grains.grain), settings.as_of) as counted_until
    from later
    cross join (values ('day'), ('week'), ('month'), ('quarter'), ('year')) as grains(grain)
    cross join settings

)

select grain, spell_id
from followed
where started_on <= counted_until and (ended_on is null or ended_on > counted_until)
group by grain, spell_id
order by grain, spell_id;

-- Leavers who were members when their period began, in the segment that they then held. back: members again at its end.
-- Between two days where they are given, which spares the work for all others.
create macro leavers_from_start(
    chosen_grain, chosen_plan, chosen_interval, chosen_cause, chosen_source, chosen_from, chosen_until
) as table
with

leaving as (

    select
        *,
        period_of(left_on, chosen_grain) as period_start
    from leavers
    where is_chosen(chosen_cause, cause) and (chosen_from is null or left_on >= chosen_from)
        and (chosen_until is null or left_on <= chosen_until)

),

-- nearly all held their last stint at the start already; the few who switched within the period are looked up
from_start as (

    select
        spell_id,
        member,
        spell_number,
        started_on,
        period_start,
        left_on,
        returned_on,
        cause,
        plan,
        interval,
        source,
        mrr
    from leaving
    where stint_started_on < period_start
        and is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval) and is_chosen(chosen_source, source)
    union all
    select
        leaving.spell_id,
        leaving.member,
        leaving.spell_number,
        leaving.started_on,
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

)

select
    from_start.spell_id,
    from_start.member,
    from_start.spell_number,
    from_start.started_on,
    from_start.period_start,
    from_start.left_on,
    from_start.returned_on,
    from_start.cause,
    from_start.plan,
    from_start.interval,
    from_start.source,
    from_start.mrr,
    back_by_end.spell_id is not null as back
from from_start
left join back_by_end on back_by_end.spell_id = from_start.spell_id and back_by_end.grain = chosen_grain;

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

-- Reasons named in the chosen answers, one row per answer and code.
create macro chosen_codes(chosen_unit, chosen_plan, chosen_interval, chosen_cause, chosen_source) as table
select
    answer,
    reason,
    case when chosen_unit = 'answer' then day else left_on end as counted_on,
    mrr
from named_codes
where (chosen_unit = 'answer' or speaks_for_leaving)
    and is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval)
    and is_chosen(chosen_cause, cause) and is_chosen(chosen_source, source);

-- Reasons offered by the surveys of the chosen answers, one row per answer and code.
create macro chosen_offers(chosen_unit, chosen_plan, chosen_interval, chosen_cause, chosen_source) as table
select
    answer,
    reason,
    named,
    case when chosen_unit = 'answer' then day else left_on end as counted_on
from offered_codes
where (chosen_unit = 'answer' or speaks_for_leaving)
    and is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval)
    and is_chosen(chosen_cause, cause) and is_chosen(chosen_source, source);

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

-- Spells of the chosen segment at joining, on the axis of their age.
create macro followed_spells(chosen_plan, chosen_interval, chosen_source, breakdown) as table
select
    segment_of(breakdown, plan, interval, source, spell_number, started_on, 0) as segment,
    spell_id,
    cause,
    mrr,
    ended,
    entered,
    seen_until
from lifespans
where is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval) and is_chosen(chosen_source, source);

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

-- What stands after the first name of each member, to hide it beside one.
create macro last_names() as table
select distinct unnest(string_split(trim(name), ' ')[2:]) as last_name
from people
where name is not null;

-- Each wording, the one said first before the others; who used it where fewer than three did, else null: a choice.
create macro wordings_said() as table
select
    named_reasons.wording,
    case
        when count(distinct answers.member) < 3 then coalesce(string_agg(distinct people.name, ' '), '')
    end as writers
from named_reasons
join answers on answers.answer = named_reasons.answer
left join people on people.member = answers.member
where named_reasons.wording is not null
group by named_reasons.wording
order by min(named_reasons.answer), named_reasons.wording;
