-- Of the charges that failed in a period, how many were paid within 30 days?
--
-- One row per period from the first to the last that has a failed charge, oldest first. The charge that follows is one of the
-- same member, and of the same subscription where both name one.
--
--   period_start   first day of the period
--   last_day       its last day, or as_of where the data ends earlier
--   state          running, settling (30 days have not passed for all) or settled
--   settles_on     day from which the number no longer moves
--   failed         charges that failed
--   recovered      of these, followed by a paid one within 30 days
--   recovery_rate  recovered per failed
--   low            lower end of its 95 % Wilson interval
--   high           upper end of its 95 % Wilson interval
--   center         mean rate of the settled periods before it
--   lower_limit    lower end of the usual range
--   upper_limit    upper end of the usual range
--   signal         within, above, below, too_early, unsettled or empty
--   step_on        newest day in it from which a marked step lets the usual range begin anew
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $source, $step

with

counted as (

    select
        period_of(failed_on, $grain) as period_start,
        count(*) as failed,
        sum(case when recovered then 1 else 0 end) as recovered
    from failed_charges
    where is_chosen($plan, plan) and is_chosen($interval, interval) and is_chosen($source, source)
    group by period_of(failed_on, $grain)

),

rated as (

    select
        periods.period_start,
        periods.counted_until,
        period_state(periods.last_day, 30, settings.as_of) as state,
        periods.last_day + 30 as settles_on,
        coalesce(counted.failed, 0) as failed,
        cast(coalesce(counted.recovered, 0) as bigint) as recovered
    from periods_of($grain) as periods
    cross join settings
    cross join (select min(period_start) as first_one, max(period_start) as last_one from counted) as span
    left join counted on counted.period_start = periods.period_start
    where periods.period_start between span.first_one and span.last_one

),

ranges as (

    select period_start, center, lower_limit, upper_limit, signal
    from usual_range((
        select list({
            'period_start': period_start, 'k': recovered, 'n': failed, 'settled': state = 'settled'
        } order by period_start)
        from rated
    ), $step)

)

select
    rated.period_start,
    rated.counted_until as last_day,
    rated.state,
    rated.settles_on,
    rated.failed,
    rated.recovered,
    payment_recovery(rated.recovered, rated.failed) as recovery_rate,
    wilson_low(rated.recovered, rated.failed) as low,
    wilson_high(rated.recovered, rated.failed) as high,
    ranges.center,
    ranges.lower_limit,
    ranges.upper_limit,
    ranges.signal,
    step_within($step, rated.period_start, rated.counted_until) as step_on
from rated
join ranges on ranges.period_start = rated.period_start
where ($first_day is null or rated.counted_until >= $first_day) and ($last_day is null or rated.period_start <= $last_day)
order by rated.period_start;
