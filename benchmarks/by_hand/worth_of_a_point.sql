-- worth_of_a_point for half a point, all members, written for exactly this.
with

remaining as (

    select months_ahead, day, members, mrr, staying from [remaining] as ahead

),

pace as (

    select 1 - pow(
        sum(members * staying) filter (where months_ahead = 12) / sum(members) filter (where months_ahead = 0), 1 / 12.0
    ) as churn
    from remaining

),

summed as (

    select
        months_ahead,
        day,
        churn,
        greatest(0, churn - 0.005) as churn_lower,
        sum(members * staying) as members,
        sum(members * pow(staying, greatest(0, churn - 0.005) / churn)) as members_lower,
        sum(mrr * staying) as mrr,
        sum(mrr * pow(staying, greatest(0, churn - 0.005) / churn)) as mrr_lower
    from remaining
    cross join pace
    group by months_ahead, day, churn

)

select *, members_lower - members as more_members, mrr_lower - mrr as more_mrr
from summed
order by months_ahead
