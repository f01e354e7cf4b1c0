-- cancel_requests for all members by month, written for exactly this: no filters, no other grain, no usual range.
with

balances as (

    select cast(date_trunc('month', day) as date) as period_start, sum(step) as balance
    from (
        select started_on as day, count(*) as step from spells group by started_on
        union all
        select ended_on, -count(*) from spells where ended_on is not null group by ended_on
    ) as days
    group by cast(date_trunc('month', day) as date)

),

calendar as (

    select
        period_start,
        coalesce(sum(balance) over (order by period_start rows between unbounded preceding and 1 preceding), 0) as active
    from balances

),

asked as (

    select
        cast(date_trunc('month', requested_on) as date) as period_start,
        count(distinct member) as asked,
        count(distinct member) filter (where left_on is not null) as left_by_now
    from requests
    group by cast(date_trunc('month', requested_on) as date)

)

select
    calendar.period_start,
    least(last_day(calendar.period_start), as_of) as last_day,
    case when last_day(calendar.period_start) > as_of then 'running' else 'settled' end as state,
    last_day(calendar.period_start) as settles_on,
    cast(calendar.active as bigint) as active,
    coalesce(asked.asked, 0) as asked,
    coalesce(asked.left_by_now, 0) as left_by_now,
    coalesce(asked.asked, 0) / nullif(cast(calendar.active as double), 0) as request_rate,
    events_low(coalesce(asked.asked, 0)) / nullif(calendar.active, 0) as low,
    events_high(coalesce(asked.asked, 0)) / nullif(calendar.active, 0) as high
from calendar
cross join settings
left join asked on asked.period_start = calendar.period_start
where calendar.period_start >= (select min(period_start) from asked)
order by calendar.period_start
