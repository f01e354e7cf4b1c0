-- Members lost by period and segment, counted once at load with the macro that also lists them.

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
    from leavers_from_start('day', null, null, null, null)
    union all
    select 'week', period_start, plan, interval, source, cause, back
    from leavers_from_start('week', null, null, null, null)
    union all
    select 'month', period_start, plan, interval, source, cause, back
    from leavers_from_start('month', null, null, null, null)
    union all
    select 'quarter', period_start, plan, interval, source, cause, back
    from leavers_from_start('quarter', null, null, null, null)
    union all
    select 'year', period_start, plan, interval, source, cause, back
    from leavers_from_start('year', null, null, null, null)
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
