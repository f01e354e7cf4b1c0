-- Of those written to in a period, how many came back?
--
-- One row per period with data, oldest first, by the day of a leaver's first message.
--
--   period_start  first day of the period
--   state         running, settling (the win-back days have not passed for all) or settled
--   settles_on    day from which the number no longer moves
--   sent          leavers first written to in it
--   returned      of these, returned within the win-back days
--   conversion    returned per sent
--   low           lower end of its 95 % Wilson interval
--   high          upper end of its 95 % Wilson interval
--   center        mean rate of the settled periods before it
--   lower_limit   lower end of the usual range
--   upper_limit   upper end of the usual range
--   signal        within, above, below, too_early, unsettled or empty
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $cause, $source

with

firsts as (

    select
        absence_id,
        min(assigned_on) as assigned_on,
        min(returned_on) as returned_on
    from chosen_messages($plan, $interval, $cause, $source)
    where arm = 'treated'
    group by absence_id

),

counted as (

    select
        period_of(firsts.assigned_on, $grain) as period_start,
        count(*) as sent,
        sum(
            case when firsts.returned_on - firsts.assigned_on between 0 and settings.winback_days then 1 else 0 end
        ) as returned
    from firsts
    cross join settings
    group by period_of(firsts.assigned_on, $grain)

),

rated as (

    select
        periods.period_start,
        periods.counted_until,
        period_state(periods.last_day, settings.winback_days, settings.as_of) as state,
        periods.last_day + settings.winback_days as settles_on,
        coalesce(counted.sent, 0) as sent,
        cast(coalesce(counted.returned, 0) as bigint) as returned
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
            'period_start': period_start, 'k': returned, 'n': sent, 'settled': state = 'settled'
        } order by period_start)
        from rated
    ))

)

select
    rated.period_start,
    rated.state,
    rated.settles_on,
    rated.sent,
    rated.returned,
    share(rated.returned, rated.sent) as conversion,
    wilson_low(rated.returned, rated.sent) as low,
    wilson_high(rated.returned, rated.sent) as high,
    ranges.center,
    ranges.lower_limit,
    ranges.upper_limit,
    ranges.signal
from rated
join ranges on ranges.period_start = rated.period_start
where ($first_day is null or rated.counted_until >= $first_day) and ($last_day is null or rated.period_start <= $last_day)
order by rated.period_start;
