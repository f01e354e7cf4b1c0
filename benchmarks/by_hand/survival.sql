-- survival of all spells, written for exactly this: no filters, no breakdown.
with

lasting as (

    select coalesce(ended_on, as_of) - started_on as day, count(*) as seen, count(ended_on) as ended
    from spells
    cross join settings
    group by coalesce(ended_on, as_of) - started_on

),

at_risk as (

    select day, ended, seen - ended as censored, sum(seen) over (order by day desc) as at_risk
    from lasting

),

followed as (

    select
        day,
        cast(at_risk as bigint) as at_risk,
        ended,
        censored,
        product(1 - ended / cast(at_risk as double)) over (order by day) as survival,
        sum(case when ended < at_risk then ended / cast(at_risk as double) / (at_risk - ended) else 0 end)
            over (order by day) as greenwood
    from at_risk

)

select
    '(all)' as segment,
    day,
    at_risk,
    ended,
    censored,
    survival,
    survival * sqrt(greenwood) as std_error,
    log_log_low(survival, greenwood) as low,
    log_log_high(survival, greenwood) as high
from followed
order by day
