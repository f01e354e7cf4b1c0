-- What if churn were lower: how many more members, and how much more a month, after a year?
--
-- One row per month from today (as_of) on; a projection of today's members only, new ones would come on top. As it is:
-- the forecast. Lower: the same with every hazard multiplied by (churn − points) ÷ churn, at least 0; churn is the
-- monthly rate that the forecast itself comes to over the year.
--
--   months_ahead   months from today
--   day            the day
--   churn          monthly churn of the forecast
--   churn_lower    churn less the points, at least 0
--   members        members expected to remain
--   members_lower  the same with the lower churn
--   mrr            their monthly amount
--   mrr_lower      the same with the lower churn
--   more_members   members_lower − members
--   more_mrr       mrr_lower − mrr
--
-- Parameters: $points, $plan, $interval, $source

with

remaining as (

    select months_ahead, day, members, mrr, staying
    from remaining_base($plan, $interval, $source)

),

paces as (

    select
        churn,
        greatest(0, churn - cast($points as double) / 100) as churn_lower
    from (
        select 1 - pow(
            ordered_sum(case when months_ahead = 12 then members * staying end)
            / nullif(sum(case when months_ahead = 0 then members end), 0),
            1 / 12.0
        ) as churn
        from remaining
    ) as implied

),

summed as (

    select
        remaining.months_ahead,
        remaining.day,
        paces.churn,
        paces.churn_lower,
        ordered_sum(remaining.members * remaining.staying) as members,
        ordered_sum(remaining.members * pow(remaining.staying, coalesce(paces.churn_lower / nullif(paces.churn, 0), 1))) as members_lower,
        ordered_sum(remaining.mrr * remaining.staying) as mrr,
        ordered_sum(remaining.mrr * pow(remaining.staying, coalesce(paces.churn_lower / nullif(paces.churn, 0), 1))) as mrr_lower
    from remaining
    cross join paces
    group by remaining.months_ahead, remaining.day, paces.churn, paces.churn_lower

)

select
    cast(months_ahead as integer) as months_ahead,
    day,
    churn,
    churn_lower,
    members,
    members_lower,
    mrr,
    mrr_lower,
    members_lower - members as more_members,
    mrr_lower - mrr as more_mrr
from summed
order by months_ahead;
