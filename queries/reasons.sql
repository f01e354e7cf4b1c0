-- Why did they leave, as far as they said so?
--
-- One row per reason named, most named first, then no_answer. One answer per leaving counts, or every answer. Were all
-- the silent of a reason, or none of them, its share of all would lie between share_of_all and most_of_all.
--
--   reason              code of the reason; no_answer: left without a usable answer
--   named               answers that name it
--   answered            usable answers
--   share_of_answers    named per answered; several reasons may sum over 1
--   low                 lower end of its 95 % Wilson interval
--   high                upper end of its 95 % Wilson interval
--   shown               usable answers of surveys that offered it; null where no file tells what was shown
--   named_of_shown      of these, name it
--   share_of_shown      named_of_shown per shown
--   low_of_shown        lower end of its 95 % Wilson interval
--   high_of_shown       upper end of its 95 % Wilson interval
--   counted             all leavers, or all answers where every answer counts
--   share_of_all        named per counted
--   low_of_all          lower end of its 95 % Wilson interval
--   high_of_all         upper end of its 95 % Wilson interval
--   most_of_all         share of all if everyone without a usable answer had left for it
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

codes as (

    select
        spoken.answer,
        cast(named_reasons.reason as varchar) as reason,
        max(spoken.mrr / spoken.reasons) as mrr
    from spoken
    join named_reasons on named_reasons.answer = spoken.answer
    where spoken.usable
    group by spoken.answer, named_reasons.reason

),

named as (

    select reason, count(*) as named, sum(mrr) as lost_mrr
    from codes
    group by reason

),

offered as (

    select
        spoken.answer,
        trim(unnest(string_split(answers.shown_reasons, ';'))) as reason
    from spoken
    join answers on answers.answer = spoken.answer
    where spoken.usable and answers.shown_reasons is not null

),

shown as (

    select offered.reason, count(*) as shown, count(codes.answer) as named_of_shown
    from (select distinct answer, reason from offered) as offered
    left join codes on codes.answer = offered.answer and codes.reason = offered.reason
    group by offered.reason

)

select
    named.reason,
    named.named,
    cast(everyone.answered as bigint) as answered,
    share(named.named, everyone.answered) as share_of_answers,
    wilson_low(named.named, everyone.answered) as low,
    wilson_high(named.named, everyone.answered) as high,
    shown.shown,
    shown.named_of_shown,
    share(shown.named_of_shown, shown.shown) as share_of_shown,
    wilson_low(shown.named_of_shown, shown.shown) as low_of_shown,
    wilson_high(shown.named_of_shown, shown.shown) as high_of_shown,
    everyone.counted,
    share(named.named, everyone.counted) as share_of_all,
    wilson_low(named.named, everyone.counted) as low_of_all,
    wilson_high(named.named, everyone.counted) as high_of_all,
    share(named.named + everyone.counted - everyone.answered, everyone.counted) as most_of_all,
    named.lost_mrr
from named
cross join everyone
left join shown on shown.reason = named.reason
union all
select
    'no_answer' as reason,
    cast(everyone.counted - everyone.answered as bigint) as named,
    cast(everyone.answered as bigint) as answered,
    null as share_of_answers,
    null as low,
    null as high,
    null as shown,
    null as named_of_shown,
    null as share_of_shown,
    null as low_of_shown,
    null as high_of_shown,
    everyone.counted,
    share(everyone.counted - everyone.answered, everyone.counted) as share_of_all,
    wilson_low(everyone.counted - everyone.answered, everyone.counted) as low_of_all,
    wilson_high(everyone.counted - everyone.answered, everyone.counted) as high_of_all,
    null as most_of_all,
    case when $unit = 'answer' then null else everyone.silent_mrr end as lost_mrr
from everyone
where everyone.counted > 0
order by share_of_answers desc nulls last, reason;
