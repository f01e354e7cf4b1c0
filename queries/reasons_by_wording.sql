-- Which of the owner's own words were chosen, under each reason?
--
-- One row per wording, most named first.
--
--   reason            code that the wording is counted under
--   wording           the words of the survey
--   named             answers that name it
--   answered          usable answers
--   share_of_answers  named per answered
--   low               lower end of its 95 % Wilson interval
--   high              upper end of its 95 % Wilson interval
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $unit

with

spoken as (

    select answer
    from chosen_answers($unit, $plan, $interval, $cause, $source)
    where usable
        and ($first_day is null or counted_on >= $first_day) and ($last_day is null or counted_on <= $last_day)

),

said as (

    select count(*) as answered from spoken

),

named as (

    select
        named_reasons.reason,
        named_reasons.wording,
        count(distinct spoken.answer) as named
    from spoken
    join named_reasons on named_reasons.answer = spoken.answer
    group by named_reasons.reason, named_reasons.wording

)

select
    cast(named.reason as varchar) as reason,
    named.wording,
    named.named,
    said.answered,
    share(named.named, said.answered) as share_of_answers,
    wilson_low(named.named, said.answered) as low,
    wilson_high(named.named, said.answered) as high
from named
cross join said
order by named.named desc, named.reason, named.wording;
