-- Today's members by plan and age, month by month for a year, with the share expected to remain; no question by itself.
with

curves as (

    select segment, day, at_risk, ended, censored from [survival_by_plan] as survival

),

reach as (

    select segment, max(day) filter (where at_risk >= 10) as followed, max(day) as oldest
    from curves
    group by segment

),

every_day as (

    select
        ages.segment,
        ages.day,
        ages.followed,
        coalesce(curves.ended, 0) as d,
        cast(sum(coalesce(curves.ended + curves.censored, 0)) over (
            partition by ages.segment order by ages.day desc
        ) as double) as n
    from (select segment, followed, unnest(range(oldest + 367)) as day from reach) as ages
    left join curves on curves.segment = ages.segment and curves.day = ages.day

),

recent as (

    select segment, sum(d) / sum(n) as hazard, sum(n) as member_days
    from every_day
    where day > followed - 90 and day <= followed
    group by segment

),

ahead as (

    select
        every_day.segment,
        every_day.day,
        every_day.followed,
        case when every_day.day <= every_day.followed and d > 0 and d < n then d / n / (n - d) else 0 end as moved,
        case when every_day.day > every_day.followed - 90 and every_day.day <= every_day.followed then n / recent.member_days
            else 0 end as weight,
        sum(case when every_day.day > every_day.followed then recent.hazard when d > 0 then -ln(1 - d / n) else 0 end)
            over (partition by every_day.segment order by every_day.day) as cumulated
    from every_day
    join recent on recent.segment = every_day.segment

),

today as (

    select
        cast(lifespans.plan as varchar) as segment,
        lifespans.seen_until as age,
        count(*) as members,
        sum(stints.mrr) as mrr
    from lifespans
    join stints on stints.spell_id = lifespans.spell_id and stints.ended_on is null
    where not lifespans.ended
    group by cast(lifespans.plan as varchar), lifespans.seen_until

)

select
    today.segment,
    today.age,
    months.months_ahead,
    months.day,
    months.day - months.as_of as days_ahead,
    today.members,
    today.mrr,
    exp(now.cumulated - later.cumulated) as staying,
    greatest(0, later.day - greatest(today.age, now.followed)) as days_assumed
from today
cross join (
    select as_of, months_ahead, cast(as_of + to_months(months_ahead) as date) as day
    from settings
    cross join (select unnest([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) as months_ahead) as ahead
) as months
join ahead as now on now.segment = today.segment and now.day = today.age
join ahead as later on later.segment = today.segment and later.day = today.age + (months.day - months.as_of)
