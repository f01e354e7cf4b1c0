-- How many must be held out to see what a message does, and how long does that take?
--
-- One row per lift in percentage points that could be hoped for, smallest first, the chosen one among them. 80 % power,
-- two-sided 5 %, two arms of equal size.
--
--   hoped_lift    percentage points more than without a message
--   chosen        the one asked about
--   base_rate     share that comes back without a message within the win-back days
--   base_from     given, hold_out, or natural (Kaplan–Meier from the day of leaving)
--   hoped_rate    base_rate and the lift
--   per_arm       members to hold out, and as many to write to
--   monthly       leavers a month who may be written to: mean of the three newest settled months
--   months        months until both arms are full
--   verdict       soon (within half a year), long (within two years), too_small to see
--
-- Parameters: $plan, $interval, $cause, $source, $base_rate, $hoped_lift

with

newest as (

    select period_start, last_day
    from periods_of('month')
    where state = 'settled'
    order by period_start desc
    limit 3

),

leaving as (

    select
        cast(count(gone.member) as double) / nullif(count(distinct newest.period_start), 0) as monthly
    from newest
    left join chosen_leavers($plan, $interval, $cause, $source) as gone
        on gone.left_on between newest.period_start and newest.last_day
        and gone.member not in (select member from withheld_people())

),

held_out as (

    select share(sum(returned), sum(settled)) as rate
    from (
        select absence_id, campaign, max(returned) as returned, max(settled) as settled
        from campaign_arms(null, null, $plan, $interval, $cause, $source)
        where arm = 'holdout' and has_holdout
        group by absence_id, campaign
    ) as arms
    having sum(settled) >= 10

),

by_nature as (

    select 1 - min(curve.still_gone) as rate
    from return_curve($plan, $interval, $cause, $source) as curve
    cross join settings
    where curve.day <= settings.winback_days and curve.at_risk >= 10

),

base as (

    select
        coalesce($base_rate / 100.0, held_out.rate, by_nature.rate) as rate,
        case when $base_rate is not null then 'given' when held_out.rate is not null then 'hold_out' else 'natural' end as base_from
    from by_nature
    left join held_out on true

),

lifts as (

    select points, max(chosen) = 1 as chosen
    from (
        select unnest([1.0, 2.0, 3.0, 4.0, 5.0, 7.5, 10.0, 15.0]) as points, 0 as chosen
        union all
        select cast($hoped_lift as double) as points, 1 as chosen
    ) as possible
    group by points

),

planned as (

    select
        lifts.points / 100 as hoped_lift,
        lifts.chosen,
        base.rate as base_rate,
        base.base_from,
        base.rate + lifts.points / 100 as hoped_rate,
        members_per_arm(base.rate, base.rate + lifts.points / 100) as per_arm,
        leaving.monthly
    from lifts
    cross join base
    cross join leaving
    where base.rate + lifts.points / 100 < 1

)

select
    hoped_lift,
    chosen,
    base_rate,
    base_from,
    hoped_rate,
    per_arm,
    monthly,
    cast(ceil(2 * per_arm / nullif(monthly, 0)) as bigint) as months,
    case
        when coalesce(ceil(2 * per_arm / nullif(monthly, 0)), 1000) > 24 then 'too_small'
        when ceil(2 * per_arm / monthly) > 6 then 'long'
        else 'soon'
    end as verdict
from planned
order by hoped_lift;
