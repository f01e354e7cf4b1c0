-- cohorts of all members, written for exactly this.
with

members as (

    select
        member,
        cast(date_trunc('month', started_on) as date) as cohort,
        started_on,
        full_months(started_on, settings.as_of) as seen_months
    from stints
    cross join settings
    where spell_number = 1 and stint_number = 1

),

steps as (

    select
        members.cohort,
        full_months(members.started_on, stints.started_on - 1) + 1 as from_age,
        full_months(members.started_on, coalesce(stints.ended_on - 1, settings.as_of)) + 1 as until_age,
        stints.mrr,
        case when stints.spell_number = 1 then 1 else 0 end as unbroken
    from members
    join stints on stints.member = members.member
    cross join settings

),

by_age as (

    select cohort, age, sum(active) as active, sum(unbroken) as unbroken, sum(mrr) as mrr
    from (
        select cohort, from_age as age, count(*) as active, sum(unbroken) as unbroken, sum(mrr) as mrr
        from steps where until_age > from_age group by cohort, from_age
        union all
        select cohort, until_age, -count(*), -sum(unbroken), -sum(mrr)
        from steps where until_age > from_age group by cohort, until_age
    ) as moved
    group by cohort, age

),

seen as (

    select cohort, seen_months, count(*) as members
    from members
    group by cohort, seen_months

),

sizes as (

    select cohort, sum(members) as size, max(seen_months) as oldest, min(seen_months) as whole
    from seen
    group by cohort

),

cells as (

    select
        ages.cohort,
        ages.age,
        cast(ages.size as bigint) as size,
        cast(ages.size - coalesce(sum(seen.members) over so_far, 0) as bigint) as observed,
        cast(sum(coalesce(by_age.active, 0)) over so_far as bigint) as active,
        cast(sum(coalesce(by_age.unbroken, 0)) over so_far as bigint) as unbroken,
        greatest(0, round(sum(coalesce(by_age.mrr, 0)) over so_far, 6)) as mrr
    from (select cohort, size, unnest(generate_series(0, oldest)) as age from sizes) as ages
    left join by_age on by_age.cohort = ages.cohort and by_age.age = ages.age
    left join seen on seen.cohort = ages.cohort and seen.seen_months = ages.age - 1
    window so_far as (partition by ages.cohort order by ages.age rows between unbounded preceding and current row)

),

followed as (

    select
        *,
        case when observed = size then lag(active) over months end as active_before,
        case when observed = size then first_value(mrr) over months end as mrr_at_start
    from cells
    window months as (partition by cohort order by age)

),

with_mean as (

    select cohort, age, size, observed, active, unbroken, mrr, active_before, mrr_at_start from followed
    union all
    select null, age, sum(size), sum(observed), sum(active), sum(unbroken), sum(mrr), sum(active_before), sum(mrr_at_start)
    from followed
    where observed = size
    group by age

)

select
    cohort,
    cast(age as integer) as age,
    cast(size as bigint) as size,
    cast(observed as bigint) as observed,
    cast(active as bigint) as active,
    cast(unbroken as bigint) as unbroken,
    active / nullif(cast(observed as double), 0) as share_of_start,
    wilson_low(active, observed) as low,
    wilson_high(active, observed) as high,
    active / nullif(cast(active_before as double), 0) as share_of_previous,
    mrr,
    mrr / nullif(mrr_at_start, 0) as mrr_of_start
from with_mean
order by cohort nulls last, age
