-- lifetime_value of the plans within 12 and 24 months, written for exactly this: no filters.
with

amounts as (

    select
        cast(plan as varchar) as segment,
        count(*) as spells,
        avg(mrr) as mrr,
        coalesce(var_samp(mrr) / count(*), 0) as mrr_variance,
        count(*) filter (where ended) / (sum(seen_until) / (365 / 12.0)) as hazard
    from lifespans
    group by cast(plan as varchar)

),

curves as (

    select segment, day, at_risk, survival, pow(std_error / survival, 2) as greenwood
    from [survival_by_plan] as survival

),

reach as (

    select segment, cast(floor(max(day) / (365 / 12.0)) as bigint) as followed
    from curves
    where at_risk >= 10
    group by segment

),

monthly as (

    select amounts.segment, ages.age, coalesce(curves.survival, 1) as survival, coalesce(curves.greenwood, 0) as greenwood
    from amounts
    cross join (select unnest(range(24)) as age) as ages
    asof left join curves on curves.segment = amounts.segment and ages.age * 365 / 12.0 >= curves.day

),

within as (

    select
        monthly.segment,
        horizons.horizon,
        monthly.survival,
        monthly.greenwood,
        sum(monthly.survival) over (partition by monthly.segment, horizons.horizon order by monthly.age desc) - monthly.survival
            as afterwards
    from monthly
    join (select unnest([12, 24]) as horizon) as horizons on monthly.age < horizons.horizon

),

summed as (

    select segment, horizon, sum(survival) as months, sum(survival * greenwood * (survival + 2 * afterwards)) as variance
    from within
    group by segment, horizon

)

select
    amounts.segment,
    summed.horizon,
    amounts.spells,
    amounts.mrr,
    summed.months,
    summed.months * amounts.mrr as value,
    summed.months * amounts.mrr
        - 1.959963984540054 * sqrt(pow(amounts.mrr, 2) * summed.variance + pow(summed.months, 2) * amounts.mrr_variance) as low,
    summed.months * amounts.mrr
        + 1.959963984540054 * sqrt(pow(amounts.mrr, 2) * summed.variance + pow(summed.months, 2) * amounts.mrr_variance) as high,
    reach.followed,
    amounts.mrr / amounts.hazard as by_formula
from amounts
join summed on summed.segment = amounts.segment
join reach on reach.segment = amounts.segment
order by amounts.spells desc, amounts.segment, summed.horizon
