-- How many of those who left told us why?
--
-- One row per period, oldest first, by the day of leaving.
--
--   period_start   first day of the period
--   state          running, settling (answers may come for 60 days) or settled
--   settles_on     day from which the number no longer moves
--   leavers        all who left
--   asked          of these, asked
--   answered       of these, gave a usable answer
--   junk           of these, typed something that says nothing
--   response_rate  answered per leavers
--   low            lower end of its 95 % Wilson interval
--   high           upper end of its 95 % Wilson interval
--   of_asked       answered per asked
--   center         mean rate of the settled periods before it
--   lower_limit    lower end of the usual range
--   upper_limit    upper end of the usual range
--   signal         within, above, below, too_early, unsettled or empty
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $cause, $source

with

gone as (

    select period_of(left_on, $grain) as period_start, count(*) as leavers
    from chosen_leavers($plan, $interval, $cause, $source)
    group by period_of(left_on, $grain)

),

heard as (

    select
        period_of(counted_on, $grain) as period_start,
        count(*) as asked,
        sum(case when usable then 1 else 0 end) as answered,
        sum(case when junk then 1 else 0 end) as junk
    from chosen_answers('leaving', $plan, $interval, $cause, $source)
    group by period_of(counted_on, $grain)

),

rated as (

    select
        periods.period_start,
        periods.counted_until,
        period_state(periods.last_day, 60, settings.as_of) as state,
        periods.last_day + 60 as settles_on,
        coalesce(gone.leavers, 0) as leavers,
        coalesce(heard.asked, 0) as asked,
        cast(coalesce(heard.answered, 0) as bigint) as answered,
        cast(coalesce(heard.junk, 0) as bigint) as junk
    from periods_of($grain) as periods
    cross join settings
    left join gone on gone.period_start = periods.period_start
    left join heard on heard.period_start = periods.period_start

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
            'period_start': period_start, 'k': answered, 'n': leavers, 'settled': state = 'settled'
        } order by period_start)
        from rated
    ))

)

select
    rated.period_start,
    rated.state,
    rated.settles_on,
    rated.leavers,
    rated.asked,
    rated.answered,
    rated.junk,
    share(rated.answered, rated.leavers) as response_rate,
    wilson_low(rated.answered, rated.leavers) as low,
    wilson_high(rated.answered, rated.leavers) as high,
    share(rated.answered, rated.asked) as of_asked,
    ranges.center,
    ranges.lower_limit,
    ranges.upper_limit,
    ranges.signal
from rated
join ranges on ranges.period_start = rated.period_start
where ($first_day is null or rated.counted_until >= $first_day) and ($last_day is null or rated.period_start <= $last_day)
order by rated.period_start;
