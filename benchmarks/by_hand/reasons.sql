-- reasons for all leavers, one answer per leaving, written for exactly this: no filters, no other unit.
with

said as (

    select
        count(*) filter (where usable) as answered,
        coalesce(sum(mrr) filter (where usable), 0) as mrr
    from answers
    where speaks_for_leaving

),

gone as (

    select count(*) as counted, coalesce(sum(mrr), 0) as mrr
    from leavers

),

named as (

    select
        once.reason,
        count(*) as named,
        sum(answers.mrr / answers.reasons) as lost_mrr
    from (select distinct answer, reason from named_reasons) as once
    join answers on answers.answer = once.answer
    where answers.usable and answers.speaks_for_leaving
    group by once.reason

)

select
    cast(named.reason as varchar) as reason,
    named.named,
    said.answered,
    named.named / nullif(cast(said.answered as double), 0) as share_of_answers,
    wilson_low(named.named, said.answered) as low,
    wilson_high(named.named, said.answered) as high,
    gone.counted,
    named.named / nullif(cast(gone.counted as double), 0) as share_of_all,
    wilson_low(named.named, gone.counted) as low_of_all,
    wilson_high(named.named, gone.counted) as high_of_all,
    named.lost_mrr
from named
cross join said
cross join gone
union all
select
    'no_answer',
    gone.counted - said.answered,
    said.answered,
    null,
    null,
    null,
    gone.counted,
    (gone.counted - said.answered) / nullif(cast(gone.counted as double), 0),
    wilson_low(gone.counted - said.answered, gone.counted),
    wilson_high(gone.counted - said.answered, gone.counted),
    gone.mrr - said.mrr
from said
cross join gone
order by share_of_answers desc nulls last, reason
