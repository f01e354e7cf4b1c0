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

said as (

    select
        count(*) as answers,
        coalesce(sum(case when usable then 1 else 0 end), 0) as answered,
        coalesce(sum_of_amounts(case when usable then mrr else 0 end), 0) as mrr
    from chosen_answers($unit, $plan, $interval, $cause, $source)
    where ($first_day is null or counted_on >= $first_day) and ($last_day is null or counted_on <= $last_day)

),

gone as (

    select
        count(*) as leavers,
        coalesce(sum_of_amounts(mrr), 0) as mrr
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
        reason,
        count(*) as named,
        sum_of_amounts(mrr) as lost_mrr
    from chosen_codes($unit, $plan, $interval, $cause, $source)
    where ($first_day is null or counted_on >= $first_day) and ($last_day is null or counted_on <= $last_day)
    group by reason

),

shown as (

    select
        reason,
        count(*) as shown,
        sum(named) as named_of_shown
    from chosen_offers($unit, $plan, $interval, $cause, $source)
    where ($first_day is null or counted_on >= $first_day) and ($last_day is null or counted_on <= $last_day)
    group by reason

),

rows as (

    select
        cast(named.reason as varchar) as reason,
        named.named,
        everyone.answered,
        shown.shown,
        shown.named_of_shown,
        named.lost_mrr,
        named.named + everyone.counted - everyone.answered as most
    from named
    cross join everyone
    left join shown on shown.reason = cast(named.reason as varchar)
    union all
    select
        'no_answer' as reason,
        everyone.counted - everyone.answered as named,
        null as answered,
        null as shown,
        null as named_of_shown,
        case when $unit = 'answer' then null else everyone.silent_mrr end as lost_mrr,
        null as most
    from everyone
    where everyone.counted > 0

)

select
    rows.reason,
    cast(rows.named as bigint) as named,
    cast(everyone.answered as bigint) as answered,
    share(rows.named, rows.answered) as share_of_answers,
    wilson_low(rows.named, rows.answered) as low,
    wilson_high(rows.named, rows.answered) as high,
    cast(rows.shown as bigint) as shown,
    cast(rows.named_of_shown as bigint) as named_of_shown,
    share(rows.named_of_shown, rows.shown) as share_of_shown,
    wilson_low(rows.named_of_shown, rows.shown) as low_of_shown,
    wilson_high(rows.named_of_shown, rows.shown) as high_of_shown,
    everyone.counted,
    share(rows.named, everyone.counted) as share_of_all,
    wilson_low(rows.named, everyone.counted) as low_of_all,
    wilson_high(rows.named, everyone.counted) as high_of_all,
    share(rows.most, everyone.counted) as most_of_all,
    rows.lost_mrr
from rows
cross join everyone
order by share_of_answers desc nulls last, rows.reason;
