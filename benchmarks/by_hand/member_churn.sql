-- member_churn for all members by month, written for exactly this: no filters, no other grain, no usual range.
with

days as (

    select day, sum(started) as started, sum(ended) as ended
    from (
        select started_on as day, count(*) as started, 0 as ended from spells group by started_on
        union all
        select ended_on, 0, count(*) from spells where ended_on is not null group by ended_on
    ) as moved
    group by day

),

months as (

    select cast(date_trunc('month', day) as date) as period_start, sum(started) as started, sum(ended) as ended
    from days
    group by cast(date_trunc('month', day) as date)

),

calendar as (

    select
        months.period_start,
        cast(months.period_start + interval 1 month as date) - 1 as period_end,
        coalesce(sum(months.started - months.ended) over (
            order by months.period_start rows between unbounded preceding and 1 preceding
        ), 0) as active
    from months

),

gone as (

    select
        spell_id,
        member,
        left_on,
        cause,
        returned_on,
        cast(date_trunc('month', left_on) as date) as period_start,
        least(last_day(left_on), settings.as_of) as counted_until
    from leavers
    cross join settings
    where leavers.started_on < date_trunc('month', left_on)

),

back as (

    select distinct gone.spell_id
    from gone
    join spells
        on spells.member = gone.member
        and spells.started_on > gone.left_on
        and spells.started_on <= gone.counted_until
        and coalesce(spells.ended_on > gone.counted_until, true)
    where gone.returned_on <= gone.counted_until

),

lost as (

    select
        period_start,
        count(*) as churned,
        count(*) filter (where cause = 'voluntary') as voluntary,
        count(*) filter (where cause = 'involuntary') as involuntary,
        count(*) filter (where cause = 'unknown') as unknown
    from gone
    where spell_id not in (select spell_id from back)
    group by period_start

),

counted as (

    select
        calendar.period_start,
        least(calendar.period_end, settings.as_of) as last_day,
        case
            when calendar.period_end > settings.as_of then 'running'
            when calendar.period_end + settings.grace_days > settings.as_of then 'settling'
            else 'settled'
        end as state,
        calendar.period_end + settings.grace_days as settles_on,
        cast(calendar.active as bigint) as active,
        coalesce(lost.churned, 0) as churned,
        coalesce(lost.voluntary, 0) as voluntary,
        coalesce(lost.involuntary, 0) as involuntary,
        coalesce(lost.unknown, 0) as unknown
    from calendar
    cross join settings
    left join lost on lost.period_start = calendar.period_start

)

select
    *,
    churned / nullif(cast(active as double), 0) as churn_rate,
    wilson_low(churned, active) as low,
    wilson_high(churned, active) as high,
    voluntary / nullif(cast(active as double), 0) as voluntary_rate,
    involuntary / nullif(cast(active as double), 0) as involuntary_rate,
    unknown / nullif(cast(active as double), 0) as unknown_rate
from counted
order by period_start
