-- renewal_churn for all members by month, written for exactly this: no filters, no other grain, no usual range.
with

months as (

    select
        cast(unnest(generate_series(date_trunc('month', first_day), as_of, interval 1 month)) as date) as period_start,
        as_of,
        grace_days
    from (select min(started_on) as first_day from spells) as extent
    cross join settings

),

due as (

    select
        cast(date_trunc('month', due_on) as date) as period_start,
        count(*) as due,
        count(*) filter (where ended) as not_renewed
    from renewals
    group by cast(date_trunc('month', due_on) as date)

),

mid_term as (

    select cast(date_trunc('month', left_on) as date) as period_start, count(distinct spell_id) as mid_term
    from long_terms
    where ended_on = left_on and spell_id not in (select spell_id from renewals where ended)
    group by cast(date_trunc('month', left_on) as date)

)

select
    months.period_start,
    least(last_day(months.period_start), as_of) as last_day,
    case
        when last_day(months.period_start) > as_of then 'running'
        when last_day(months.period_start) + grace_days > as_of then 'settling'
        else 'settled'
    end as state,
    last_day(months.period_start) + grace_days as settles_on,
    coalesce(due.due, 0) as due,
    coalesce(due.not_renewed, 0) as not_renewed,
    coalesce(mid_term.mid_term, 0) as mid_term,
    due.not_renewed / cast(due.due as double) as renewal_rate,
    wilson_low(due.not_renewed, due.due) as low,
    wilson_high(due.not_renewed, due.due) as high
from months
left join due on due.period_start = months.period_start
left join mid_term on mid_term.period_start = months.period_start
order by months.period_start
