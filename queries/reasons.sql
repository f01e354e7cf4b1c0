-- Why did they leave, as far as they said so?
--
-- One row per reason named, most named first, then no_answer. One answer per leaving counts, or every answer.
--
--   reason              code of the reason; no_answer: left without a usable answer
--   named               answers that name it
--   answered            usable answers
--   share_of_answers    named per answered; several reasons may sum over 1
--   low                 lower end of its 95 % Wilson interval
--   high                upper end of its 95 % Wilson interval
--   counted             all leavers, or all answers where every answer counts
--   share_of_all        named per counted
--   low_of_all          lower end of its 95 % Wilson interval
--   high_of_all         upper end of its 95 % Wilson interval
--   lost_mrr            monthly amount that left with it, split equally among the reasons of one answer
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $unit

with

spoken as (

    select answer, usable, reasons, mrr, spell_id
    from chosen_answers($unit, $plan, $interval, $cause, $source)
    where ($first_day is null or counted_on >= $first_day) and ($last_day is null or counted_on <= $last_day)

),

said as (

    select
        count(*) as answers,
        coalesce(sum(case when usable then 1 else 0 end), 0) as answered,
        coalesce(sum(case when usable then mrr else 0 end), 0) as mrr
    from spoken

),

gone as (

    select
        count(*) as leavers,
        coalesce(sum(mrr), 0) as mrr
    from chosen_leavers($plan, $interval, $cause, $source)
    where ($first_day is null or left_on >= $first_day) and ($last_day is null or left_on <= $last_day)

),

everyone as (

    select
        case when $unit = 'answer' then said.answers else gone.leavers end as counted,
        said.answered,
        gone.mrr - said.mrr as silent_mrr
    from said
    cross join gone

),

named as (

    select
        named_reasons.reason,
        count(distinct spoken.answer) as named,
        sum(spoken.mrr / spoken.reasons) as lost_mrr
    from spoken
    join (select distinct answer, reason from named_reasons) as named_reasons on named_reasons.answer = spoken.answer
    where spoken.usable
    group by named_reasons.reason

)

select
    cast(named.reason as varchar) as reason,
    named.named,
    cast(everyone.answered as bigint) as answered,
    share(named.named, everyone.answered) as share_of_answers,
    wilson_low(named.named, everyone.answered) as low,
    wilson_high(named.named, everyone.answered) as high,
    everyone.counted,
    share(named.named, everyone.counted) as share_of_all,
    wilson_low(named.named, everyone.counted) as low_of_all,
    wilson_high(named.named, everyone.counted) as high_of_all,
    named.lost_mrr
from named
cross join everyone
union all
select
    'no_answer' as reason,
    cast(everyone.counted - everyone.answered as bigint) as named,
    cast(everyone.answered as bigint) as answered,
    null as share_of_answers,
    null as low,
    null as high,
    everyone.counted,
    share(everyone.counted - everyone.answered, everyone.counted) as share_of_all,
    wilson_low(everyone.counted - everyone.answered, everyone.counted) as low_of_all,
    wilson_high(everyone.counted - everyone.answered, everyone.counted) as high_of_all,
    case when $unit = 'answer' then null else everyone.silent_mrr end as lost_mrr
from everyone
where everyone.counted > 0
order by share_of_answers desc nulls last, reason;
