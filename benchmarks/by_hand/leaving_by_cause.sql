-- leaving_by_cause of all spells, written for exactly this: no filters.
with

lasting as (

    select
        seen_until as day,
        count(*) as seen,
        count(*) filter (where ended) as ended,
        count(*) filter (where ended and cause = 'voluntary') as voluntary,
        count(*) filter (where ended and cause = 'involuntary') as involuntary,
        count(*) filter (where ended and cause = 'unknown') as unknown
    from lifespans
    group by seen_until

),

at_risk as (

    select *, cast(sum(seen) over (order by day desc) as double) as n
    from lasting

),

stepped as (

    select *, product(1 - ended / n) over (order by day) as survival
    from at_risk

),

started as (

    select *, lag(survival, 1, 1.0) over (order by day) as before
    from stepped

),

causes as (

    select day, n, ended, before, 'voluntary' as cause, voluntary as c from started
    union all
    select day, n, ended, before, 'involuntary', involuntary from started
    union all
    select day, n, ended, before, 'unknown', unknown from started

),

shares as (

    select
        *,
        sum(before * c / n) over (partition by cause order by day) as share,
        case when ended < n then ended / n / (n - ended) else 0 end as g
    from causes

),

spread as (

    select
        *,
        share * share * sum(g) over so_far - 2 * share * sum(share * g) over so_far + sum(share * share * g) over so_far
        + sum(before * before * c * (n - c) / (n * n * n)) over so_far
        - 2 * (share * sum(before * c / (n * n)) over so_far - sum(share * before * c / (n * n)) over so_far) as variance,
        1 - product(1 - c / n) over so_far as alone
    from shares
    window so_far as (partition by cause order by day)

)

select
    cause,
    day,
    cast(n as bigint) as at_risk,
    c as ended,
    ended as left_all,
    share,
    sqrt(greatest(0, variance)) as std_error,
    case when share between 1e-300 and 1 - 1e-16 then log_log_low(share, greatest(0, variance) / (share * share)) else share end as low,
    case when share between 1e-300 and 1 - 1e-16 then log_log_high(share, greatest(0, variance) / (share * share)) else share end as high,
    alone
from spread
order by cause, day
