-- Of those who first paid in a month, how many are members so many months later?
--
-- One row per cohort and month after the first payment, and per month the mean of all cohorts, weighted by their size
-- (cohort is empty there). Month k is each member's own k-th monthly anniversary of the first paid day; months that
-- nobody has reached have no row.
--
--   cohort             first day of the month of the first payment; empty: all cohorts observed whole
--   age                months since the first payment
--   state              settled, or settling while some of the cohort have not come so far
--   settles_on         day from which all of them have
--   size               members of the cohort
--   observed           of these, came so far in time
--   active             of these, members on that day
--   unbroken           of these, without a break since the first payment
--   share_of_start     active per observed
--   low                lower end of its 95 % Wilson interval
--   high               upper end of its 95 % Wilson interval
--   share_of_previous  active per active one month before; only where settled
--   mrr                monthly amount of those active
--   mrr_of_start       mrr per monthly amount at month 0; only where settled
--
-- Parameters: $plan, $interval, $source

with

members as (

    select member, cohort, started_on, seen_months
    from cohort_starts($plan, $interval, $source)

),

-- each stint is there from one anniversary to another: two steps, then running sums; no row per member and month
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

moved as (

    select cohort, from_age as age, 1 as active, unbroken, mrr, 0 as observed
    from steps
    where until_age > from_age
    union all
    select cohort, until_age as age, -1 as active, -unbroken as unbroken, -mrr as mrr, 0 as observed
    from steps
    where until_age > from_age
    union all
    select cohort, 0 as age, 0 as active, 0 as unbroken, 0 as mrr, 1 as observed
    from members
    union all
    select cohort, seen_months + 1 as age, 0 as active, 0 as unbroken, 0 as mrr, -1 as observed
    from members

),

by_age as (

    select
        cohort,
        age,
        sum(active) as active,
        sum(unbroken) as unbroken,
        sum_of_amounts(mrr) as mrr,
        sum(observed) as observed
    from moved
    group by cohort, age

),

sizes as (

    select cohort, count(*) as size, max(seen_months) as oldest
    from members
    group by cohort

),

cells as (

    select
        ages.cohort,
        ages.age,
        ages.size,
        cast(sum(coalesce(by_age.observed, 0)) over so_far as bigint) as observed,
        cast(sum(coalesce(by_age.active, 0)) over so_far as bigint) as active,
        cast(sum(coalesce(by_age.unbroken, 0)) over so_far as bigint) as unbroken,
        greatest(0, round(sum(coalesce(by_age.mrr, 0)) over so_far, 6)) as mrr
    from (select cohort, size, unnest(generate_series(0, oldest)) as age from sizes) as ages
    left join by_age on by_age.cohort = ages.cohort and by_age.age = ages.age
    window so_far as (partition by ages.cohort order by ages.age rows between unbounded preceding and current row)

),

followed as (

    select
        cohort,
        cast(age as integer) as age,
        size,
        observed,
        active,
        unbroken,
        mrr,
        case when observed = size then lag(active) over months end as active_before,
        case when observed = size then first_value(mrr) over months end as mrr_at_start
    from cells
    window months as (partition by cohort order by age)

),

with_mean as (

    select cohort, age, size, observed, active, unbroken, mrr, active_before, mrr_at_start
    from followed
    union all
    select
        null as cohort,
        age,
        cast(sum(size) as bigint) as size,
        cast(sum(observed) as bigint) as observed,
        cast(sum(active) as bigint) as active,
        cast(sum(unbroken) as bigint) as unbroken,
        sum_of_amounts(mrr) as mrr,
        sum(active_before) as active_before,
        sum_of_amounts(mrr_at_start) as mrr_at_start
    from followed
    where observed = size
    group by age

)

select
    cohort,
    age,
    case when observed = size then 'settled' else 'settling' end as state,
    cast(period_end(cohort, 'month') + to_months(age) as date) as settles_on,
    size,
    observed,
    active,
    unbroken,
    share(active, observed) as share_of_start,
    wilson_low(active, observed) as low,
    wilson_high(active, observed) as high,
    share(active, active_before) as share_of_previous,
    mrr,
    mrr / nullif(mrr_at_start, 0) as mrr_of_start
from with_mean
order by cohort nulls last, age;
