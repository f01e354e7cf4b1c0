-- Do members of different plans leave for different reasons?
--
-- One row per plan and reason, plans in order of their answers.
--
--   plan              plan held when leaving
--   reason            code of the reason
--   named             answers that name it
--   answered          usable answers of that plan
--   share_of_answers  named per answered
--   low               lower end of its 95 % Wilson interval
--   high              upper end of its 95 % Wilson interval
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $unit

with

spoken as (

    select answer, plan
    from chosen_answers($unit, $plan, $interval, $cause, $source)
    where usable
        and ($first_day is null or counted_on >= $first_day) and ($last_day is null or counted_on <= $last_day)

),

answered as (

    select plan, count(*) as answered
    from spoken
    group by plan

),

named as (

    select
        spoken.plan,
        named_reasons.reason,
        count(distinct spoken.answer) as named
    from spoken
    join named_reasons on named_reasons.answer = spoken.answer
    group by spoken.plan, named_reasons.reason

)

select
    cast(answered.plan as varchar) as plan,
    cast(named.reason as varchar) as reason,
    named.named,
    answered.answered,
    share(named.named, answered.answered) as share_of_answers,
    wilson_low(named.named, answered.answered) as low,
    wilson_high(named.named, answered.answered) as high
from named
join answered on answered.plan = named.plan
order by answered.answered desc, answered.plan, named.named desc, named.reason;
