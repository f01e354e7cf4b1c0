-- Which reasons rise or fall from period to period?
--
-- One row per period with answers and reason (or wording of it), oldest first; one not named in a period counts 0 there. A
-- series begins when it is first named; that of a wording ends when it was last named, for a reworded option is another.
--
--   reason            code of the reason
--   wording           the owner's words; empty where whole reasons are asked for
--   period_start      first day of the period
--   state             running, settling (answers may come for 60 days) or settled
--   settles_on        day from which the number no longer moves
--   named             answers that name it
--   answered          usable answers of the period
--   share_of_answers  named per answered
--   low               lower end of its 95 % Wilson interval
--   high              upper end of its 95 % Wilson interval
--   center            mean rate of the settled periods before it
--   lower_limit       lower end of the usual range
--   upper_limit       upper end of the usual range
--   signal            within, above, below, too_early or unsettled
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $cause, $source, $unit, $level

with

spoken as (

    select answer, period_of(counted_on, $grain) as period_start
    from chosen_answers($unit, $plan, $interval, $cause, $source)
    where usable

),

answered as (

    select period_start, count(*) as answered
    from spoken
    group by period_start

),

named as (

    select
        named_reasons.reason,
        case when $level = 'wording' then coalesce(named_reasons.wording, '(none)') else '' end as wording,
        spoken.period_start,
        count(distinct spoken.answer) as named
    from spoken
    join named_reasons on named_reasons.answer = spoken.answer
    group by
        named_reasons.reason,
        case when $level = 'wording' then coalesce(named_reasons.wording, '(none)') else '' end,
        spoken.period_start

),

lives as (

    select reason, wording, min(period_start) as first_start, max(period_start) as last_start
    from named
    group by reason, wording

),

counted as (

    select
        lives.reason,
        lives.wording,
        periods.period_start,
        periods.counted_until,
        period_state(periods.last_day, case when $unit = 'answer' then 0 else 60 end, settings.as_of) as state,
        periods.last_day + case when $unit = 'answer' then 0 else 60 end as settles_on,
        coalesce(named.named, 0) as named,
        answered.answered
    from lives
    join answered
        on answered.period_start >= lives.first_start
        and ($level <> 'wording' or answered.period_start <= lives.last_start)
    join periods_of($grain) as periods on periods.period_start = answered.period_start
    cross join settings
    left join named
        on named.period_start = answered.period_start and named.reason = lives.reason and named.wording = lives.wording

),

series as (

    select
        reason,
        wording,
        list({
            'period_start': period_start, 'k': named, 'n': answered, 'settled': state = 'settled'
        } order by period_start) as periods
    from counted
    group by reason, wording

),

ranges as (

    select
        series.reason,
        series.wording,
        usual.period_start,
        usual.center,
        usual.lower_limit,
        usual.upper_limit,
        usual.signal
    from series
    cross join lateral (
        select period_start, center, lower_limit, upper_limit, signal
        from usual_range(series.periods)
    ) as usual

)

select
    cast(counted.reason as varchar) as reason,
    counted.wording,
    counted.period_start,
    counted.state,
    counted.settles_on,
    counted.named,
    counted.answered,
    share(counted.named, counted.answered) as share_of_answers,
    wilson_low(counted.named, counted.answered) as low,
    wilson_high(counted.named, counted.answered) as high,
    ranges.center,
    ranges.lower_limit,
    ranges.upper_limit,
    ranges.signal
from counted
join ranges
    on ranges.reason = counted.reason and ranges.wording = counted.wording and ranges.period_start = counted.period_start
where ($first_day is null or counted.counted_until >= $first_day) and ($last_day is null or counted.period_start <= $last_day)
order by counted.period_start, counted.reason, counted.wording;
