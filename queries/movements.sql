-- Do the members at the start of a period, those who came and those who left add up to the members at its end?
--
-- One row per period, oldest first. active_at_start + joined + returned − left_in_all = active_at_end.
--
--   period_start        first day of the period
--   state               running, settling or settled
--   active_at_start     members on the day before its first day
--   joined              first spells that began within it
--   returned            second and later spells that began within it
--   left_in_all         spells that ended within it
--   left_of_start_base  of these, spells that had begun before the period
--   active_at_end       members on its last day, or on as_of
--   churn_events_rate   left_in_all per active_at_start (C2)
--   start_base_rate     left_of_start_base per active_at_start
--
-- Parameters: $first_day, $last_day, $grain

with

flows as (

    select
        period_of(started_on, $grain) as period_start,
        sum(case when spell_number = 1 then 1 else 0 end) as joined,
        sum(case when spell_number > 1 then 1 else 0 end) as returned,
        0 as left_in_all,
        0 as left_of_start_base
    from spells
    group by period_of(started_on, $grain)
    union all
    select
        period_of(left_on, $grain) as period_start,
        0 as joined,
        0 as returned,
        count(*) as left_in_all,
        sum(case when started_on < period_of(left_on, $grain) then 1 else 0 end) as left_of_start_base
    from leavers
    group by period_of(left_on, $grain)

),

summed as (

    select
        period_start,
        cast(sum(joined) as bigint) as joined,
        cast(sum(returned) as bigint) as returned,
        cast(sum(left_in_all) as bigint) as left_in_all,
        cast(sum(left_of_start_base) as bigint) as left_of_start_base
    from flows
    group by period_start

),

running as (

    select
        periods.period_start,
        periods.counted_until,
        periods.state,
        coalesce(summed.joined, 0) as joined,
        coalesce(summed.returned, 0) as returned,
        coalesce(summed.left_in_all, 0) as left_in_all,
        coalesce(summed.left_of_start_base, 0) as left_of_start_base,
        cast(coalesce(sum(summed.joined + summed.returned - summed.left_in_all) over (
            order by periods.period_start rows between unbounded preceding and current row
        ), 0) as bigint) as active_at_end
    from periods_of($grain) as periods
    left join summed on summed.period_start = periods.period_start

)

select
    period_start,
    state,
    active_at_end - joined - returned + left_in_all as active_at_start,
    joined,
    returned,
    left_in_all,
    left_of_start_base,
    active_at_end,
    share(left_in_all, active_at_end - joined - returned + left_in_all) as churn_events_rate,
    share(left_of_start_base, active_at_end - joined - returned + left_in_all) as start_base_rate
from running
where ($first_day is null or counted_until >= $first_day) and ($last_day is null or period_start <= $last_day)
order by period_start;
