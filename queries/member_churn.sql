-- How many of those who were members at the start of a period had left by its end?
--
-- One row per period, oldest first. A period that as_of cuts is running; one whose grace time is not over is settling.
--
--   period_start      first day of the period
--   last_day          its last day, or as_of where the data ends earlier
--   state             running, settling or settled
--   settles_on        day from which the number no longer moves
--   active            members on the day before its first day
--   churned           those of them who were no longer members on its last day
--   voluntary         of these, asked to leave
--   involuntary       of these, payment failed or was disputed
--   unknown           of these, the file does not say
--   churn_rate        churned per active
--   low               lower end of its 95 % Wilson interval
--   high              upper end of its 95 % Wilson interval
--   voluntary_rate    voluntary per active
--   involuntary_rate  involuntary per active
--   unknown_rate      unknown per active
--   voluntary_low     lower end of the 95 % Wilson interval of voluntary_rate
--   voluntary_high    upper end of it
--   involuntary_low   lower end of the 95 % Wilson interval of involuntary_rate
--   involuntary_high  upper end of it
--   unknown_low       lower end of the 95 % Wilson interval of unknown_rate
--   unknown_high      upper end of it
--   center            mean rate of the settled periods before it
--   lower_limit       lower end of the usual range
--   upper_limit       upper end of the usual range
--   signal            within, above, below, too_early, unsettled or empty
--   step_on           newest day in it from which a marked step lets the usual range begin anew
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $cause, $source, $step

with

movements as (

    select
        period_of(day, $grain) as period_start,
        sum(started) as started,
        sum(ended) as ended
    from daily_movements($plan, $interval, $source)
    group by period_of(day, $grain)

),

-- who was there before leavers came into the data
observed as (

    select coalesce(sum(movements.started - movements.ended), 0) as active
    from movements
    cross join settings
    where movements.period_start < settings.observed_from

),

counted as (

    select
        periods.period_start,
        periods.counted_until,
        periods.state,
        periods.settles_on,
        observed.active + coalesce(sum(movements.started - movements.ended) over (
            order by periods.period_start rows between unbounded preceding and 1 preceding
        ), 0) as active
    from periods_of($grain) as periods
    cross join observed
    left join movements on movements.period_start = periods.period_start

),

left_by_cause as (

    select
        period_start,
        cast(sum(lost) as bigint) as churned,
        sum(case when cause = 'voluntary' then lost else 0 end) as voluntary,
        sum(case when cause = 'involuntary' then lost else 0 end) as involuntary,
        sum(case when cause = 'unknown' then lost else 0 end) as unknown
    from chosen_losses($grain, $plan, $interval, $cause, $source)
    group by period_start

),

rated as (

    select
        counted.period_start,
        counted.counted_until as last_day,
        counted.state,
        counted.settles_on,
        cast(counted.active as bigint) as active,
        coalesce(left_by_cause.churned, 0) as churned,
        cast(coalesce(left_by_cause.voluntary, 0) as bigint) as voluntary,
        cast(coalesce(left_by_cause.involuntary, 0) as bigint) as involuntary,
        cast(coalesce(left_by_cause.unknown, 0) as bigint) as unknown
    from counted
    left join left_by_cause on left_by_cause.period_start = counted.period_start

),

ranges as (

    select
        period_start,
        center,
        lower_limit,
        upper_limit,
        signal
    from usual_range((
        select list({
            'period_start': period_start, 'k': churned, 'n': active, 'settled': state = 'settled'
        } order by period_start)
        from rated
    ), $step)

)

select
    rated.period_start,
    rated.last_day,
    rated.state,
    rated.settles_on,
    rated.active,
    rated.churned,
    rated.voluntary,
    rated.involuntary,
    rated.unknown,
    share(rated.churned, rated.active) as churn_rate,
    wilson_low(rated.churned, rated.active) as low,
    wilson_high(rated.churned, rated.active) as high,
    share(rated.voluntary, rated.active) as voluntary_rate,
    share(rated.involuntary, rated.active) as involuntary_rate,
    share(rated.unknown, rated.active) as unknown_rate,
    wilson_low(rated.voluntary, rated.active) as voluntary_low,
    wilson_high(rated.voluntary, rated.active) as voluntary_high,
    wilson_low(rated.involuntary, rated.active) as involuntary_low,
    wilson_high(rated.involuntary, rated.active) as involuntary_high,
    wilson_low(rated.unknown, rated.active) as unknown_low,
    wilson_high(rated.unknown, rated.active) as unknown_high,
    ranges.center,
    ranges.lower_limit,
    ranges.upper_limit,
    ranges.signal,
    step_within($step, rated.period_start, rated.last_day) as step_on
from rated
join ranges on ranges.period_start = rated.period_start
where ($first_day is null or rated.last_day >= $first_day) and ($last_day is null or rated.period_start <= $last_day)
order by rated.period_start;
