-- revenue_churn for all members by month, written for exactly this.
with

events as (

    select
        member,
        cast(date_trunc('month', started_on) as date) as period_start,
        1 as step,
        mrr as amount,
        0 as held
    from stints
    union all
    select
        member,
        cast(date_trunc('month', ended_on) as date),
        -1,
        -mrr,
        case when started_on < date_trunc('month', ended_on) then 1 else 0 end
    from stints
    where ended_on is not null

),

moved as (

    select
        member,
        period_start,
        sum(step) as step,
        sum(amount) as amount,
        max(held) as held,
        -sum(case when held = 1 then amount else 0 end) as held_amount
    from events
    group by member, period_start

),

changed as (

    select
        period_start,
        sum(case when step = -1 then 1 else 0 end) as churned,
        sum(case when step = -1 then held_amount else 0 end) as mrr_lost,
        sum(case when step = 0 and amount < 0 then -amount else 0 end) as mrr_downgraded,
        sum(case when step = 0 and amount > 0 then amount else 0 end) as mrr_upgraded,
        sum(amount * amount) as squared,
        sum(-amount * held_amount) as crossed,
        sum(case when amount < 0 then amount * amount else 0 end) as losses_squared,
        sum(case when amount < 0 then -amount * held_amount else 0 end) as losses_crossed
    from moved
    where held = 1
    group by period_start

),

balances as (

    select period_start, sum(step) as step, sum(amount) as amount, sum(step * amount * amount) as squared
    from events
    group by period_start

),

summed as (

    select
        balances.period_start,
        cast(coalesce(sum(balances.step) over so_far, 0) as bigint) as active,
        round(coalesce(sum(balances.amount) over so_far, 0), 6) as mrr_at_start,
        coalesce(sum(balances.squared) over so_far, 0) as squared_at_start,
        coalesce(changed.churned, 0) as churned,
        coalesce(changed.mrr_lost, 0) as mrr_lost,
        coalesce(changed.mrr_downgraded, 0) as mrr_downgraded,
        coalesce(changed.mrr_upgraded, 0) as mrr_upgraded,
        coalesce(changed.squared, 0) as squared,
        coalesce(changed.crossed, 0) as crossed,
        coalesce(changed.losses_squared, 0) as losses_squared,
        coalesce(changed.losses_crossed, 0) as losses_crossed
    from balances
    left join changed on changed.period_start = balances.period_start
    window so_far as (order by balances.period_start rows between unbounded preceding and 1 preceding)

),

rated as (

    select
        *,
        mrr_at_start - mrr_lost - mrr_downgraded + mrr_upgraded as mrr_kept,
        (mrr_lost + mrr_downgraded) / nullif(mrr_at_start, 0) as gross_rate,
        (mrr_lost + mrr_downgraded - mrr_upgraded) / nullif(mrr_at_start, 0) as net_rate
    from summed

)

select
    rated.period_start,
    least(last_day(rated.period_start), settings.as_of) as last_day,
    active,
    cast(churned as bigint) as churned,
    mrr_at_start,
    mrr_lost,
    mrr_downgraded,
    mrr_upgraded,
    mrr_kept,
    churned / nullif(cast(active as double), 0) as churn_rate,
    wilson_low(churned, active) as churn_low,
    wilson_high(churned, active) as churn_high,
    gross_rate,
    case when active >= 10 and losses_squared > 0 then greatest(0, gross_rate - 1.959963984540054
        * ratio_error(gross_rate, losses_squared, losses_crossed, squared_at_start, mrr_at_start)) end as gross_low,
    case when active >= 10 and losses_squared > 0 then least(1, gross_rate + 1.959963984540054
        * ratio_error(gross_rate, losses_squared, losses_crossed, squared_at_start, mrr_at_start)) end as gross_high,
    net_rate,
    case when active >= 10 and squared > 0 then net_rate - 1.959963984540054
        * ratio_error(net_rate, squared, crossed, squared_at_start, mrr_at_start) end as net_low,
    case when active >= 10 and squared > 0 then net_rate + 1.959963984540054
        * ratio_error(net_rate, squared, crossed, squared_at_start, mrr_at_start) end as net_high
from rated
cross join settings
order by rated.period_start
