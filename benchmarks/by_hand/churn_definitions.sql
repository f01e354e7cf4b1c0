-- churn_definitions for all members by month, written for exactly this: no filters, no other grain.
with

balances as (

    select day, sum(step) as balance, sum(gone) as gone
    from (
        select started_on as day, count(*) as step, 0 as gone from spells group by started_on
        union all
        select ended_on, -count(*), 0 from spells where ended_on is not null group by ended_on
        union all
        select left_on, 0, count(*) from leavers group by left_on
    ) as moved
    group by day

),

every_day as (

    select cast(unnest(generate_series(first_day, as_of, interval 1 day)) as date) as day
    from (select min(started_on) as first_day from spells) as extent
    cross join settings

),

daily as (

    select
        every_day.day,
        coalesce(balances.gone, 0) as gone,
        coalesce(balances.balance, 0) as balance,
        coalesce(sum(balances.balance) over (order by every_day.day), 0) as on_it
    from every_day
    left join balances on balances.day = every_day.day

),

months as (

    select
        cast(date_trunc('month', day) as date) as period_start,
        min_by(on_it - balance, day) as active,
        sum(on_it) as member_days,
        sum(gone) as gone,
        sum(gone / nullif(cast(on_it - balance as double), 0)) as daily_sum
    from daily
    group by cast(date_trunc('month', day) as date)

),

came as (

    select
        cast(date_trunc('month', started_on) as date) as period_start,
        count(*) filter (where spell_number = 1) as joined,
        count(*) filter (where spell_number > 1) as returned
    from spells
    group by cast(date_trunc('month', started_on) as date)

),

from_start as (

    select spell_id, member, left_on, returned_on, least(last_day(left_on), as_of) as until
    from leavers
    cross join settings
    where started_on < date_trunc('month', left_on)

),

back as (

    select distinct from_start.spell_id
    from from_start
    join spells
        on spells.member = from_start.member and spells.started_on > from_start.left_on
        and spells.started_on <= from_start.until and coalesce(spells.ended_on > from_start.until, true)
    where from_start.returned_on <= from_start.until

),

lost as (

    select cast(date_trunc('month', left_on) as date) as period_start, count(*) as churned
    from from_start
    where spell_id not in (select spell_id from back)
    group by cast(date_trunc('month', left_on) as date)

),

asked as (

    select cast(date_trunc('month', requested_on) as date) as period_start, count(distinct member) as asked
    from requests
    group by cast(date_trunc('month', requested_on) as date)

),

due as (

    select
        cast(date_trunc('month', due_on) as date) as period_start,
        count(*) as due,
        count(*) filter (where ended) as not_renewed
    from renewals
    group by cast(date_trunc('month', due_on) as date)

),

counted as (

    select
        months.period_start,
        cast(months.active as double) as active,
        cast(months.member_days as double) as member_days,
        months.gone,
        months.daily_sum,
        coalesce(came.joined, 0) as joined,
        coalesce(came.returned, 0) as returned,
        coalesce(lost.churned, 0) as churned,
        coalesce(asked.asked, 0) as asked,
        coalesce(due.due, 0) as due,
        coalesce(due.not_renewed, 0) as not_renewed
    from months
    left join came on came.period_start = months.period_start
    left join lost on lost.period_start = months.period_start
    left join asked on asked.period_start = months.period_start
    left join due on due.period_start = months.period_start

),

listed as (

    select period_start, 1 as place, 'member_churn' as definition, churned as numerator, active as denominator,
        churned / nullif(active, 0) as value, wilson_low(churned, active) as low, wilson_high(churned, active) as high
    from counted
    union all
    select period_start, 2, 'churn_events', gone, active, gone / nullif(active, 0),
        events_low(gone) / nullif(active, 0), events_high(gone) / nullif(active, 0)
    from counted
    union all
    select period_start, 3, 'churn_with_newcomers', gone, active + joined, gone / nullif(active + joined, 0),
        events_low(gone) / nullif(active + joined, 0), events_high(gone) / nullif(active + joined, 0)
    from counted
    union all
    select period_start, 4, 'daily_sum_churn', gone, case when daily_sum > 0 then gone / daily_sum else active end,
        case when active > 0 or daily_sum > 0 then coalesce(daily_sum, 0) end,
        case when active > 0 or daily_sum > 0
            then events_low(gone) / nullif(case when daily_sum > 0 then gone / daily_sum else active end, 0) end,
        case when active > 0 or daily_sum > 0
            then events_high(gone) / nullif(case when daily_sum > 0 then gone / daily_sum else active end, 0) end
    from counted
    union all
    select period_start, 5, 'churn_hazard', gone, member_days / 30, 30 * gone / nullif(member_days, 0),
        30 * events_low(gone) / nullif(member_days, 0), 30 * events_high(gone) / nullif(member_days, 0)
    from counted
    union all
    select period_start, 6, 'cancel_requests', asked, active, asked / nullif(active, 0),
        events_low(asked) / nullif(active, 0), events_high(asked) / nullif(active, 0)
    from counted
    union all
    select period_start, 7, 'net_churn', gone - returned, active, (gone - returned) / nullif(active, 0),
        (gone - returned - sqrt(pow(gone - events_low(gone), 2) + pow(events_high(returned) - returned, 2))) / nullif(active, 0),
        (gone - returned + sqrt(pow(events_high(gone) - gone, 2) + pow(returned - events_low(returned), 2))) / nullif(active, 0)
    from counted
    union all
    select period_start, 8, 'renewal_churn', not_renewed, due, not_renewed / nullif(cast(due as double), 0),
        wilson_low(not_renewed, due), wilson_high(not_renewed, due)
    from counted

)

select
    listed.period_start,
    least(last_day(listed.period_start), settings.as_of) as last_day,
    listed.definition,
    case
        when last_day(listed.period_start) > settings.as_of then 'running'
        when last_day(listed.period_start) + settings.grace_days > settings.as_of and listed.place <> 6 then 'settling'
        else 'settled'
    end as state,
    case
        when listed.place = 6 then least(last_day(listed.period_start), settings.as_of)
        else last_day(listed.period_start) + settings.grace_days
    end as settles_on,
    listed.numerator,
    listed.denominator,
    listed.value,
    listed.low,
    listed.high,
    listed.place
from listed
cross join settings
order by listed.period_start, listed.place
