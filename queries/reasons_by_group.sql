-- Do members of different groups leave for different reasons?
--
-- One row per group and reason, groups in order of their answers.
--
--   grouped_by        plan, tenure, source, cause, spell or price_band
--   segment           value of it when leaving
--   reason            code of the reason
--   named             answers that name it
--   answered          usable answers of that group
--   share_of_answers  named per answered
--   low               lower end of its 95 % Wilson interval
--   high              upper end of its 95 % Wilson interval
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $unit, $grouped_by

with

spoken as (

    select answer, segment
    from grouped_answers($grouped_by, $unit, $first_day, $last_day, $plan, $interval, $cause, $source)

),

answered as (

    select segment, count(*) as answered
    from spoken
    group by segment

),

named as (

    select
        spoken.segment,
        named_reasons.reason,
        count(distinct spoken.answer) as named
    from spoken
    join named_reasons on named_reasons.answer = spoken.answer
    group by spoken.segment, named_reasons.reason

)

select
    cast($grouped_by as varchar) as grouped_by,
    answered.segment,
    cast(named.reason as varchar) as reason,
    named.named,
    answered.answered,
    share(named.named, answered.answered) as share_of_answers,
    wilson_low(named.named, answered.answered) as low,
    wilson_high(named.named, answered.answered) as high
from named
join answered on answered.segment = named.segment
order by answered.answered desc, answered.segment, named.named desc, named.reason;
