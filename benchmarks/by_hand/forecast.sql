-- forecast of all of today's members, written for exactly this.
with

remaining as materialized (

    select segment, age, months_ahead, day, days_ahead, members, mrr, staying, days_assumed
    from [remaining] as ahead

),

observed as (

    select
        cast(plan as varchar) as segment,
        day,
        ended / n / (n - ended) as moved,
        case when day > followed - 90 and day <= followed then n end as recent
    from (
        select
            *,
            max(day) filter (where n >= 10) over (partition by plan) as followed
        from (
            select
                plan,
                day,
                cast(ended as double) as ended,
                cast(sum(seen) over (partition by plan order by day desc) as double) as n
            from (
                select plan, seen_until as day, count(*) as seen, count(*) filter (where ended) as ended
                from lifespans
                group by plan, seen_until
            ) as lasting
        ) as at_risk
    ) as reaching
    where ended > 0 and ended < n and day <= followed

),

every_day as (

    select segment, day, cast(n as double) as n, day > followed - 90 and day <= followed as recent
    from (
        select
            ages.segment,
            ages.day,
            ages.followed,
            sum(coalesce(curves.ended + curves.censored, 0)) over (partition by ages.segment order by ages.day desc) as n
        from (
            select segment, max(day) filter (where at_risk >= 10) as followed, unnest(range(max(day) + 1)) as day
            from [survival_by_plan] as survival
            group by segment
        ) as ages
        left join [survival_by_plan] as curves on curves.segment = ages.segment and curves.day = ages.day
    ) as days

),

recent as (

    select segment, sum(n) as member_days from every_day where recent group by segment

),

steps as (

    select segment, months_ahead, age + 1 as day, members * staying as step from remaining
    union all
    select segment, months_ahead, age + days_ahead + 1, -members * staying from remaining

),

running as (

    select segment, months_ahead, day, sum(sum(step)) over (partition by segment, months_ahead order by day) as concerned
    from steps
    group by segment, months_ahead, day

),

later as (

    select segment, months_ahead, sum(members * staying * days_assumed) as concerned
    from remaining
    group by segment, months_ahead

),

estimated as (

    select
        later.months_ahead,
        sum(observed.moved * pow(
            coalesce(running.concerned, 0) + coalesce(observed.recent / recent.member_days, 0) * later.concerned, 2
        )) as variance
    from observed
    join later on later.segment = observed.segment
    join recent on recent.segment = observed.segment
    asof left join running
        on running.segment = observed.segment and running.months_ahead = later.months_ahead and observed.day >= running.day
    group by later.months_ahead

),

doubted as (

    select
        later.months_ahead,
        sum(pow(later.concerned * events_high(0) / 1.959963984540054 / recent.member_days, 2)) as variance
    from later
    join recent on recent.segment = later.segment
    where later.segment not in (select segment from observed where recent is not null)
    group by later.months_ahead

),

summed as (

    select
        months_ahead,
        day,
        sum(members) as base,
        sum(members * staying) as members,
        sum(members * staying * (1 - staying)) as single,
        sum(members * staying) filter (where days_assumed > 0) as assumed,
        sum(mrr * staying) as mrr
    from remaining
    group by months_ahead, day

)

select
    summed.months_ahead,
    summed.day,
    cast(summed.base as bigint) as base,
    summed.members,
    greatest(0, summed.members - 1.959963984540054 * sqrt(summed.single + estimated.variance + coalesce(doubted.variance, 0))) as low,
    least(summed.base, summed.members + 1.959963984540054 * sqrt(summed.single + estimated.variance + coalesce(doubted.variance, 0))) as high,
    coalesce(summed.assumed, 0) / summed.members as assumed,
    summed.mrr
from summed
join estimated on estimated.months_ahead = summed.months_ahead
left join doubted on doubted.months_ahead = summed.months_ahead
order by summed.months_ahead
