-- Which reasons rise or fall from period to period?
--
-- One row per period with leavers and reason named in any of them, oldest first; a reason not named counts 0.
--
--   period_start      first day of the period
--   state             running, settling or settled
--   reason            code of the reason
--   named             answers that name it
--   answered          usable answers of the period
--   share_of_answers  named per answered
--   low               lower end of its 95 % Wilson interval
--   high              upper end of its 95 % Wilson interval
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $cause, $source, $unit

with

spoken as (

    select answer, period_of(counted_on, $grain) as period_start
    from chosen_answers($unit, $plan, $interval, $cause, $source)
    where usable
        and ($first_day is null or counted_on >= $first_day) and ($last_day is null or counted_on <= $last_day)

),

answered as (

    select period_start, count(*) as answered
    from spoken
    group by period_start

),

named as (

    select
        spoken.period_start,
        named_reasons.reason,
        count(distinct spoken.answer) as named
    from spoken
    join named_reasons on named_reasons.answer = spoken.answer
    group by spoken.period_start, named_reasons.reason

),

every_reason as (

    select
        answered.period_start,
        answered.answered,
        reasons.reason
    from answered
    cross join (select distinct reason from named) as reasons

)

select
    every_reason.period_start,
    periods.state,
    cast(every_reason.reason as varchar) as reason,
    coalesce(named.named, 0) as named,
    every_reason.answered,
    share(coalesce(named.named, 0), every_reason.answered) as share_of_answers,
    wilson_low(coalesce(named.named, 0), every_reason.answered) as low,
    wilson_high(coalesce(named.named, 0), every_reason.answered) as high
from every_reason
join periods_of($grain) as periods on periods.period_start = every_reason.period_start
left join named on named.period_start = every_reason.period_start and named.reason = every_reason.reason
order by every_reason.period_start, every_reason.reason;
