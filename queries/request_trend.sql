-- Does leaving get easier, quicker and friendlier from period to period?
--
-- One row per period with data, oldest first, for the measure chosen, by the day of the request.
--
--   period_start  first day of the period
--   state         running, settling or settled
--   settles_on    day from which the number no longer moves
--   hits          requests of which the measure is true
--   counted       requests of which it is known and settled
--   rate          hits per counted
--   low           lower end of its 95 % Wilson interval
--   high          upper end of its 95 % Wilson interval
--   center        mean rate of the settled periods before it
--   lower_limit   lower end of the usual range
--   upper_limit   upper end of the usual range
--   signal        within, above, below, too_early, unsettled or empty
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $source, $promise_hours, $measure

with

counted as (

    select
        period_of(requested_on, $grain) as period_start,
        sum(case when settled and hit then 1 else 0 end) as hits,
        sum(case when settled then 1 else 0 end) as counted,
        max(case when settled then 0 else 1 end) = 1 as moves,
        max(settles_on) as settles_on
    from measured_requests($plan, $interval, $source, null, null, $promise_hours)
    where measure = $measure
    group by period_of(requested_on, $grain)

),

rated as (

    select
        periods.period_start,
        periods.counted_until,
        case
            when periods.last_day > settings.as_of then 'running'
            when coalesce(counted.moves, false) then 'settling'
            else 'settled'
        end as state,
        greatest(periods.last_day + 1, coalesce(counted.settles_on, periods.last_day)) as settles_on,
        cast(coalesce(counted.hits, 0) as bigint) as hits,
        cast(coalesce(counted.counted, 0) as bigint) as counted
    from periods_of($grain) as periods
    cross join settings
    left join counted on counted.period_start = periods.period_start

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
            'period_start': period_start, 'k': hits, 'n': counted, 'settled': state = 'settled'
        } order by period_start)
        from rated
    ))

)

select
    rated.period_start,
    rated.state,
    rated.settles_on,
    rated.hits,
    rated.counted,
    share(rated.hits, rated.counted) as rate,
    wilson_low(rated.hits, rated.counted) as low,
    wilson_high(rated.hits, rated.counted) as high,
    ranges.center,
    ranges.lower_limit,
    ranges.upper_limit,
    ranges.signal
from rated
join ranges on ranges.period_start = rated.period_start
where ($first_day is null or rated.counted_until >= $first_day) and ($last_day is null or rated.period_start <= $last_day)
order by rated.period_start;
