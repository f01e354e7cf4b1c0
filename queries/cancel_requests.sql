-- How many members asked to cancel in a period, before their access ended?
--
-- One row per period from the first request on, oldest first. The early signal: it needs no waiting time. A member who asks
-- several times within a period counts once.
--
--   period_start  first day of the period
--   last_day      its last day, or as_of where the data ends earlier
--   state         running or settled
--   settles_on    day from which the number no longer moves
--   active        members on the day before its first day
--   asked         members who asked to cancel within it
--   left_by_now   of these, have left since
--   request_rate  asked per active
--   low           lower end of its 95 % interval (events, Byar)
--   high          upper end of it
--   center        mean rate of the settled periods before it
--   lower_limit   lower end of the usual range
--   upper_limit   upper end of the usual range
--   signal        within, above, below, too_early, unsettled or empty
--   step_on       newest day in it from which a marked step lets the usual range begin anew
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $source, $step

with

balances as (

    select period_of(day, $grain) as period_start, sum(started - ended) as balance
    from daily_movements($plan, $interval, $source)
    group by period_of(day, $grain)

),

started as (

    select
        periods.period_start,
        periods.counted_until,
        periods.last_day,
        coalesce(sum(balances.balance) over (
            order by periods.period_start rows between unbounded preceding and 1 preceding
        ), 0) as active
    from (
        select period_start, counted_until, last_day from periods_of($grain)
        union all
        select period_start, null, null from balances
        where period_start not in (select period_start from periods_of($grain))
    ) as periods
    left join balances on balances.period_start = periods.period_start

),

asked as (

    select
        period_of(requested_on, $grain) as period_start,
        count(distinct member) as asked,
        count(distinct case when left_on is not null then member end) as left_by_now
    from requests
    where is_chosen($plan, plan) and is_chosen($interval, interval) and is_chosen($source, source)
    group by period_of(requested_on, $grain)

),

rated as (

    select
        started.period_start,
        started.counted_until,
        period_state(started.last_day, 0, settings.as_of) as state,
        started.last_day as settles_on,
        cast(started.active as bigint) as active,
        coalesce(asked.asked, 0) as asked,
        coalesce(asked.left_by_now, 0) as left_by_now
    from started
    cross join settings
    cross join (select period_of(min(requested_on), $grain) as first_one from requests) as span
    left join asked on asked.period_start = started.period_start
    where started.last_day is not null and started.period_start >= span.first_one

),

ranges as (

    select period_start, center, lower_limit, upper_limit, signal
    from usual_range((
        select list({
            'period_start': period_start, 'k': asked, 'n': active, 'settled': state = 'settled'
        } order by period_start)
        from rated
    ), $step)

)

select
    rated.period_start,
    rated.counted_until as last_day,
    rated.state,
    rated.settles_on,
    rated.active,
    rated.asked,
    rated.left_by_now,
    cancel_requests(rated.asked, rated.active) as request_rate,
    events_low(rated.asked) / nullif(rated.active, 0) as low,
    events_high(rated.asked) / nullif(rated.active, 0) as high,
    ranges.center,
    ranges.lower_limit,
    ranges.upper_limit,
    ranges.signal,
    step_within($step, rated.period_start, rated.counted_until) as step_on
from rated
join ranges on ranges.period_start = rated.period_start
where ($first_day is null or rated.counted_until >= $first_day) and ($last_day is null or rated.period_start <= $last_day)
order by rated.period_start;
