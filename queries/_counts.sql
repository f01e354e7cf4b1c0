-- What many questions need, counted once at load with the macros that also list who was counted.

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
