-- median_stay by plan with the log-rank test of the three plans there are, written for exactly this: no filters.
with

curves as (

    select segment, day, at_risk, ended, censored, survival, low, high
    from [survival_by_plan] as survival

),

medians as (

    select
        segment,
        max(at_risk) as spells,
        sum(ended) as ended,
        min(day) filter (where survival <= 0.5 + 1e-12) as median,
        min(day) filter (where low <= 0.5 + 1e-12) as low,
        min(day) filter (where high <= 0.5 + 1e-12) as high,
        max(at_risk) filter (where survival <= 0.5 + 1e-12) as at_risk,
        max(day) filter (where at_risk >= 10) as followed
    from curves
    group by segment

),

days as (

    select
        day,
        sum(case when segment = 'Monthly' then ended else 0 end) as monthly_ended,
        sum(case when segment = 'Annual' then ended else 0 end) as annual_ended,
        sum(ended) as ended,
        sum(case when segment = 'Monthly' then ended + censored else 0 end) as monthly_seen,
        sum(case when segment = 'Annual' then ended + censored else 0 end) as annual_seen,
        sum(ended + censored) as seen
    from curves
    group by day

),

risks as (

    select
        monthly_ended,
        annual_ended,
        cast(ended as double) as d,
        cast(sum(monthly_seen) over (order by day desc) as double) as monthly,
        cast(sum(annual_seen) over (order by day desc) as double) as annual,
        cast(sum(seen) over (order by day desc) as double) as n
    from days

),

tested as (

    select
        sum(monthly_ended - d * monthly / n) as u1,
        sum(annual_ended - d * annual / n) as u2,
        sum(case when n > 1 then d * (n - d) / (n - 1) * monthly / n * (1 - monthly / n) end) as v11,
        sum(case when n > 1 then d * (n - d) / (n - 1) * annual / n * (1 - annual / n) end) as v22,
        -sum(case when n > 1 then d * (n - d) / (n - 1) * monthly / n * annual / n end) as v12
    from risks

)

select
    segment,
    spells,
    cast(ended as bigint) as ended,
    median,
    low,
    high,
    at_risk,
    followed,
    3 as compared,
    (u1 * u1 * v22 - 2 * u1 * u2 * v12 + u2 * u2 * v11) / (v11 * v22 - v12 * v12) as chi_square,
    2 as df,
    exp(-(u1 * u1 * v22 - 2 * u1 * u2 * v12 + u2 * u2 * v11) / (v11 * v22 - v12 * v12) / 2) as p
from medians
cross join tested
order by spells desc, segment
