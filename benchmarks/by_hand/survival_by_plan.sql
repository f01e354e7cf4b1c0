-- survival by plan at joining of all spells, written for exactly this: no filters.
with

lasting as (

    select plan, seen_until as day, count(*) as seen, count(*) filter (where ended) as ended
    from lifespans
    group by plan, seen_until

),

at_risk as (

    select plan, day, ended, seen - ended as censored, sum(seen) over (partition by plan order by day desc) as at_risk
    from lasting

),

followed as (

    select
        plan,
        day,
        cast(at_risk as bigint) as at_risk,
        ended,
        censored,
        product(1 - ended / cast(at_risk as double)) over (partition by plan order by day) as survival,
        sum(case when ended < at_risk then ended / cast(at_risk as double) / (at_risk - ended) else 0 end)
            over (partition by plan order by day) as greenwood
    from at_risk

)

select
    cast(plan as varchar) as segment,
    day,
    at_risk,
    ended,
    censored,
    survival,
    survival * sqrt(greenwood) as std_error,
    log_log_low(survival, greenwood) as low,
    log_log_high(survival, greenwood) as high
from followed
order by segment, day
