-- How much of the monthly amount at the start of a period was lost by its end, beside how many of the members?
--
-- One row per period, oldest first. The same members and the same window as member churn; a return of somebody who was no
-- member at the start is in none of the rates. With a plan chosen: its members at the start, wherever they are at the end.
--
--   period_start    first day of the period
--   last_day        its last day, or as_of where the data ends earlier
--   state           running, settling or settled
--   settles_on      day from which the numbers no longer move
--   active          members on the day before its first day
--   churned         of them, no longer members on its last day
--   mrr_at_start    monthly amount of the members at the start
--   mrr_lost        monthly amount of the churned
--   mrr_downgraded  of those who stayed and pay less, the difference
--   mrr_upgraded    of those who stayed and pay more, the difference
--   mrr_kept        monthly amount at the end of those who were members at the start
--   churn_rate      churned per active
--   churn_low       lower end of its 95 % Wilson interval
--   churn_high      upper end of its 95 % Wilson interval
--   gross_rate      (mrr_lost + mrr_downgraded) per mrr_at_start
--   gross_low       lower end of its 95 % interval (ratio of sums, normal); none below ten members or without a loss
--   gross_high      upper end of it
--   net_rate        1 − mrr_kept per mrr_at_start; below zero where upgrades outweigh the losses
--   net_low         lower end of its 95 % interval
--   net_high        upper end of its 95 % interval
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $source

with

-- who was there at the start has started before: a first start ever is left out
moved as (

    select
        member,
        period_of(day, $grain) as period_start,
        sum(step) as step,
        sum_of_amounts(amount) as amount,
        max(case when chosen = 1 and held_since < period_of(day, $grain) then 1 else 0 end) as held,
        sum_of_amounts(case when chosen = 1 and held_since < period_of(day, $grain) then -amount else 0 end) as held_amount
    from stint_events($plan, $interval, $source)
    where step = -1 or spell_number > 1 or stint_number > 1
    group by member, period_of(day, $grain)

),

-- less is what each member of the start pays less at the end, below zero where more
changed as (

    select
        period_start,
        sum(case when step = -1 then 1 else 0 end) as churned,
        sum_of_amounts(case when step = -1 then held_amount else 0 end) as mrr_lost,
        sum_of_amounts(case when step = 0 and amount < 0 then -amount else 0 end) as mrr_downgraded,
        sum_of_amounts(case when step = 0 and amount > 0 then amount else 0 end) as mrr_upgraded,
        sum_of_amounts(amount * amount) as squared,
        sum_of_amounts(-amount * held_amount) as crossed,
        sum_of_amounts(case when amount < 0 then amount * amount else 0 end) as losses_squared,
        sum_of_amounts(case when amount < 0 then -amount * held_amount else 0 end) as losses_crossed
    from moved
    where held = 1
    group by period_start

),

balances as (

    select
        period_of(day, $grain) as period_start,
        sum(started - ended) as step,
        sum_of_amounts(amount) as amount,
        sum_of_amounts(squared) as squared
    from daily_movements($plan, $interval, $source)
    group by period_of(day, $grain)

),

started as (

    select
        periods.period_start,
        periods.counted_until,
        periods.state,
        periods.settles_on,
        coalesce(sum(balances.step) over so_far, 0) as active,
        coalesce(sum(balances.amount) over so_far, 0) as mrr_at_start,
        coalesce(sum(balances.squared) over so_far, 0) as squared_at_start
    from (
        select period_start, counted_until, state, settles_on from periods_of($grain)
        union all
        select period_start, null, null, null from balances
        where period_start not in (select period_start from periods_of($grain))
    ) as periods
    left join balances on balances.period_start = periods.period_start
    window so_far as (order by periods.period_start rows between unbounded preceding and 1 preceding)

),

summed as (

    select
        started.period_start,
        started.counted_until,
        started.state,
        started.settles_on,
        cast(started.active as bigint) as active,
        case when started.active > 0 then round(started.mrr_at_start, 6) else 0 end as mrr_at_start,
        started.squared_at_start,
        cast(coalesce(changed.churned, 0) as bigint) as churned,
        coalesce(changed.mrr_lost, 0) as mrr_lost,
        coalesce(changed.mrr_downgraded, 0) as mrr_downgraded,
        coalesce(changed.mrr_upgraded, 0) as mrr_upgraded,
        coalesce(changed.squared, 0) as squared,
        coalesce(changed.crossed, 0) as crossed,
        coalesce(changed.losses_squared, 0) as losses_squared,
        coalesce(changed.losses_crossed, 0) as losses_crossed
    from started
    left join changed on changed.period_start = started.period_start
    where started.state is not null

),

rated as (

    select
        *,
        mrr_at_start - mrr_lost - mrr_downgraded + mrr_upgraded as mrr_kept,
        gross_revenue_churn(mrr_lost, mrr_downgraded, mrr_at_start) as gross_rate,
        net_revenue_churn(mrr_at_start - mrr_lost - mrr_downgraded + mrr_upgraded, mrr_at_start) as net_rate
    from summed

),

measured as (

    select
        *,
        case
            when active >= 10 and losses_squared > 0
                then 1.959963984540054 * ratio_error(gross_rate, losses_squared, losses_crossed, squared_at_start, mrr_at_start)
        end as gross_reach,
        case
            when active >= 10 and squared > 0
                then 1.959963984540054 * ratio_error(net_rate, squared, crossed, squared_at_start, mrr_at_start)
        end as net_reach
    from rated

)

select
    period_start,
    counted_until as last_day,
    state,
    settles_on,
    active,
    churned,
    mrr_at_start,
    mrr_lost,
    mrr_downgraded,
    mrr_upgraded,
    mrr_kept,
    member_churn(churned, active) as churn_rate,
    wilson_low(churned, active) as churn_low,
    wilson_high(churned, active) as churn_high,
    gross_rate,
    case when gross_reach is not null then greatest(0, gross_rate - gross_reach) end as gross_low,
    case when gross_reach is not null then least(1, gross_rate + gross_reach) end as gross_high,
    net_rate,
    net_rate - net_reach as net_low,
    net_rate + net_reach as net_high
from measured
where ($first_day is null or counted_until >= $first_day) and ($last_day is null or period_start <= $last_day)
order by period_start;
