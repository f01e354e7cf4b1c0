-- churn_change by plan, the newest settled month against the one before it, written for exactly this.
with

compared as (

    select cast(period_start as date) as period_start, cast(period_start + to_months(1) as date) as period_after, side
    from (
        select date_trunc('month', as_of + 1 - grace_days) - to_months(1) as period_start, 'after' as side from settings
        union all
        select date_trunc('month', as_of + 1 - grace_days) - to_months(2), 'before' from settings
    ) as months

),

present as (

    select compared.side, stints.plan, count(*) as active
    from stints
    join compared
        on stints.started_on < compared.period_start and coalesce(stints.ended_on >= compared.period_start, true)
    group by compared.side, stints.plan

),

gone as (

    select compared.side, leavers.spell_id, leavers.member, leavers.left_on, compared.period_after, stints.plan
    from leavers
    join compared on leavers.left_on >= compared.period_start and leavers.left_on < compared.period_after
    join stints
        on stints.spell_id = leavers.spell_id
        and stints.started_on < compared.period_start and stints.ended_on >= compared.period_start

),

lost as (

    select side, plan, count(*) as churned
    from gone
    where not exists (
        select 1 from spells
        where spells.member = gone.member and spells.started_on > gone.left_on
            and spells.started_on < gone.period_after and coalesce(spells.ended_on >= gone.period_after, true)
    )
    group by side, plan

),

counted as (

    select
        coalesce(cast(present.plan as varchar), '(all)') as segment,
        grouping(present.plan) = 1 as whole,
        cast(sum(present.active) filter (where present.side = 'before') as bigint) as active_before,
        cast(sum(lost.churned) filter (where present.side = 'before') as bigint) as churned_before,
        cast(sum(present.active) filter (where present.side = 'after') as bigint) as active_after,
        cast(sum(lost.churned) filter (where present.side = 'after') as bigint) as churned_after
    from present
    left join lost on lost.side = present.side and lost.plan = present.plan
    group by rollup (present.plan)

),

rated as (

    select
        counted.*,
        counted.churned_before / cast(counted.active_before as double) as rate_before,
        counted.churned_after / cast(counted.active_after as double) as rate_after,
        counted.active_before / cast(total.active_before as double) as weight_before,
        counted.active_after / cast(total.active_after as double) as weight_after,
        (total.churned_before / cast(total.active_before as double) + total.churned_after / cast(total.active_after as double)) / 2
            as middle
    from counted
    cross join (select * from counted where whole) as total

)

select
    segment,
    active_before,
    churned_before,
    rate_before,
    weight_before,
    active_after,
    churned_after,
    rate_after,
    weight_after,
    rate_after - rate_before as change,
    newcombe_low(churned_after, active_after, churned_before, active_before) as low,
    newcombe_high(churned_after, active_after, churned_before, active_before) as high,
    case
        when whole then sum(case when not whole then (weight_before + weight_after) / 2 * (rate_after - rate_before) end) over ()
        else (weight_before + weight_after) / 2 * (rate_after - rate_before)
    end as behaviour,
    case
        when whole then sum(case when not whole
            then ((rate_before + rate_after) / 2 - middle) * (weight_after - weight_before) end) over ()
        else ((rate_before + rate_after) / 2 - middle) * (weight_after - weight_before)
    end as mix
from rated
order by whole desc, active_before + active_after desc, segment
