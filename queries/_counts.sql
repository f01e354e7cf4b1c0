-- What many questions need, counted once at load with the macros that also list who was counted.

-- one row per grain and period: a question about one of them finds it here; those about all of them are planned better on
-- periods_of
create table all_periods as
select grains.grain, periods.*
from (values ('day'), ('week'), ('month'), ('quarter'), ('year')) as grains (grain)
cross join lateral (select * from periods_of(grains.grain)) as periods;

-- one row per day, plan, interval and source: who came into the segment and who went out of it, with what they pay, who
-- joined or returned in it, and the long terms that came due
create table movements_by_day as

select
    day,
    plan,
    interval,
    source,
    sum(started) as started,
    sum(ended) as ended,
    sum_of_amounts(amount) as amount,
    sum_of_amounts(squared) as squared,
    sum(joined) as joined,
    sum(returned) as returned,
    sum(due) as due
from (
    select
        started_on as day, plan, interval, source, count(*) as started, 0 as ended,
        sum_of_amounts(mrr) as amount, sum_of_amounts(mrr * mrr) as squared,
        sum(case when stint_number = 1 and spell_number = 1 then 1 else 0 end) as joined,
        sum(case when stint_number = 1 and spell_number > 1 then 1 else 0 end) as returned,
        0 as due
    from stints
    group by started_on, plan, interval, source
    union all
    select ended_on, plan, interval, source, 0, count(*), -sum_of_amounts(mrr), -sum_of_amounts(mrr * mrr), 0, 0, 0
    from stints
    where ended_on is not null
    group by ended_on, plan, interval, source
    union all
    select due_on, plan, interval, source, 0, 0, 0, 0, 0, 0, count(*)
    from renewals
    group by due_on, plan, interval, source
) as movements
group by day, plan, interval, source
order by day;

-- Members who came into the chosen segment, and went out of it, day by day; how far the sums of their monthly amounts and of
-- its squares moved; who joined, who returned, and long terms that came due.
create macro daily_movements(chosen_plan, chosen_interval, chosen_source) as table
select
    day,
    sum(started) as started,
    sum(ended) as ended,
    sum_of_amounts(amount) as amount,
    sum_of_amounts(squared) as squared,
    sum(joined) as joined,
    sum(returned) as returned,
    sum(due) as due
from movements_by_day
where is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval) and is_chosen(chosen_source, source)
group by day;

-- one row per leaving (for each stint of its spell), return, request and renewal that did not come about, with the segment
-- held then: what some definition of churn counts, in the order of days. A leaving knows when its spell was first asked to
-- end and first not renewed; left_on is the end that a request or a renewal led to.
create table events_by_day as

with

held as (

    select spell_id, stint_started_on as held_from, left_on as held_until, true as held_at_end, plan, interval, source
    from leavers
    union all
    select leavers.spell_id, stints.started_on, stints.ended_on, false, stints.plan, stints.interval, stints.source
    from leavers
    join stints on stints.spell_id = leavers.spell_id and stints.started_on < leavers.stint_started_on
    where leavers.started_on < leavers.stint_started_on

),

asked as (

    select spell_id, min(requested_on) as first_asked
    from requests
    group by spell_id

),

not_renewed as (

    select spell_id, min(due_on) as first_due
    from renewals
    where ended
    group by spell_id

)

select
    'leaving' as event,
    leavers.left_on as day,
    leavers.member,
    leavers.spell_id,
    leavers.spell_number,
    leavers.started_on,
    leavers.left_on,
    leavers.cause,
    term_group(leavers.interval) = 'long' as on_long_term,
    asked.first_asked,
    not_renewed.first_due,
    held.held_from,
    held.held_until,
    held.held_at_end,
    held.plan,
    held.interval,
    held.source
from leavers
join held on held.spell_id = leavers.spell_id
left join asked on asked.spell_id = leavers.spell_id
left join not_renewed on not_renewed.spell_id = leavers.spell_id
union all
select 'request', requested_on, member, null, null, null, left_on, null, null, null, null, null, null, null,
    plan, interval, source
from requests
union all
select 'renewal', due_on, member, spell_id, null, null, left_on, cause, null, null, null, null, null, null,
    plan, interval, source
from renewals
where ended
union all
select 'return', started_on, member, spell_id, null, null, null, null, null, null, null, null, null, null,
    plan, interval, source
from stints
where stint_number = 1 and spell_number > 1
order by day;

-- one row per grain, period, segment and cause: members of its start who were none at its end
create table lost_by_period as

select
    grain,
    period_start,
    plan,
    interval,
    source,
    cause,
    count(*) as lost
from (
    select 'day' as grain, period_start, plan, interval, source, cause, back
    from leavers_from_start('day', null, null, null, null, null, null)
    union all
    select 'week', period_start, plan, interval, source, cause, back
    from leavers_from_start('week', null, null, null, null, null, null)
    union all
    select 'month', period_start, plan, interval, source, cause, back
    from leavers_from_start('month', null, null, null, null, null, null)
    union all
    select 'quarter', period_start, plan, interval, source, cause, back
    from leavers_from_start('quarter', null, null, null, null, null, null)
    union all
    select 'year', period_start, plan, interval, source, cause, back
    from leavers_from_start('year', null, null, null, null, null, null)
) as leaving
where not back
group by grain, period_start, plan, interval, source, cause
order by grain, period_start;

-- Members of the chosen segment lost in each period.
create macro chosen_losses(chosen_grain, chosen_plan, chosen_interval, chosen_cause, chosen_source) as table
select
    period_start,
    cause,
    sum(lost) as lost
from lost_by_period
where grain = chosen_grain and is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval)
    and is_chosen(chosen_cause, cause) and is_chosen(chosen_source, source)
group by period_start, cause;

-- one row per breakdown, segment and ages: spells that entered at one age and were last seen at the other, and how they ended
create table lengths as

select
    counted_by,
    segment,
    entered,
    seen_until as day,
    count(*) as spells,
    sum(case when ended and cause = 'voluntary' then 1 else 0 end) as voluntary,
    sum(case when ended and cause = 'involuntary' then 1 else 0 end) as involuntary,
    sum(case when ended and cause = 'unknown' then 1 else 0 end) as unknown
from (
    select 'none' as counted_by, segment, entered, seen_until, ended, cause from followed_spells(null, null, null, 'none')
    union all
    select 'plan', segment, entered, seen_until, ended, cause from followed_spells(null, null, null, 'plan')
    union all
    select 'interval', segment, entered, seen_until, ended, cause from followed_spells(null, null, null, 'interval')
    union all
    select 'source', segment, entered, seen_until, ended, cause from followed_spells(null, null, null, 'source')
    union all
    select 'year', segment, entered, seen_until, ended, cause from followed_spells(null, null, null, 'year')
    union all
    select 'spell', segment, entered, seen_until, ended, cause from followed_spells(null, null, null, 'spell')
) as followed
group by counted_by, segment, entered, seen_until
order by counted_by, segment, seen_until;

-- Spells of the chosen segment counted by the age at which they entered and were last seen: without filters as counted at
-- load, else counted now. Which of the two parts answers is known before either is read.
create macro chosen_lengths(chosen_plan, chosen_interval, chosen_cause, chosen_source, breakdown) as table
select
    cast(segment as varchar) as segment,
    entered,
    day,
    spells,
    case when is_chosen(chosen_cause, 'voluntary') then voluntary else 0 end
        + case when is_chosen(chosen_cause, 'involuntary') then involuntary else 0 end
        + case when is_chosen(chosen_cause, 'unknown') then unknown else 0 end as ended
from lengths
where counted_by = breakdown and chosen_plan is null and chosen_interval is null and chosen_source is null
union all
select
    segment_of(breakdown, plan, interval, source, spell_number, started_on, 0) as segment,
    entered,
    seen_until as day,
    count(*) as spells,
    sum(case when ended and is_chosen(chosen_cause, cause) then 1 else 0 end) as ended
from lifespans
where (chosen_plan is not null or chosen_interval is not null or chosen_source is not null)
    and is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval) and is_chosen(chosen_source, source)
group by segment_of(breakdown, plan, interval, source, spell_number, started_on, 0), entered, seen_until;
