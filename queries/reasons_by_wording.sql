-- Which of the owner's own words were chosen, under each reason?
--
-- One row per wording, most named first. A reworded option is a row of its own: its days say when it was in use.
--
--   reason            code that the wording is counted under
--   wording           the words of the survey
--   named             answers that name it
--   answered          usable answers
--   share_of_answers  named per answered
--   low               lower end of its 95 % Wilson interval
--   high              upper end of its 95 % Wilson interval
--   first_named_on    day of the first leaving or answer that names it
--   last_named_on     day of the last
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $unit

with

spoken as (

    select answer, counted_on
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
        coalesce(named_reasons.wording, '(none)') as wording,
        count(distinct spoken.answer) as named,
        min(spoken.counted_on) as first_named_on,
        max(spoken.counted_on) as last_named_on
    from spoken
    join named_reasons on named_reasons.answer = spoken.answer
    group by named_reasons.reason, coalesce(named_reasons.wording, '(none)')

)

select
    cast(named.reason as varchar) as reason,
    named.wording,
    named.named,
    said.answered,
    share(named.named, said.answered) as share_of_answers,
    wilson_low(named.named, said.answered) as low,
    wilson_high(named.named, said.answered) as high,
    named.first_named_on,
    named.last_named_on
from named
cross join said
order by named.named desc, named.reason, named.wording;
