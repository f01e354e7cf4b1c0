-- What did the messages bring back, and what did each return that they caused cost?
--
-- One row per incentive, most recovered first. A return is credited once, to the last message before it. Cost per caused
-- return needs a hold-out, and is told only where the interval of the lift is clear of zero.
--
--   incentive          what was offered
--   sent               settled messages
--   returned           returns credited to it
--   recovered_mrr      monthly amount of the returned
--   cost               sending and incentives of its settled messages
--   cost_per_return    cost per credited return: most of them may have come anyway
--   caused             lift × leavers written to in the campaigns with a hold-out: returns that the message caused
--   compared_cost      sending and incentives in these campaigns
--   cost_per_caused    compared_cost per caused; null where the effect is not shown
--   cost_low           at the upper end of the lift's interval
--   cost_high          at its lower end
--   verdict            that of winback_lift
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source

with

costs as (

    select
        sent.incentive,
        sent.campaign,
        sent.absence_id,
        sum_of_amounts(priced.cost + priced.incentive_cost) as cost,
        count(*) as messages
    from chosen_messages($plan, $interval, $cause, $source) as sent
    join messages as priced on priced.message = sent.message
    where sent.arm = 'treated' and sent.settled
        and ($first_day is null or sent.assigned_on >= $first_day) and ($last_day is null or sent.assigned_on <= $last_day)
    group by sent.incentive, sent.campaign, sent.absence_id

),

spent as (

    select incentive, sum_of_amounts(cost) as cost, sum(messages) as sent
    from costs
    group by incentive

),

credited as (

    select incentive, count(*) as returned, sum_of_amounts(mrr) as recovered_mrr
    from credited_returns($first_day, $last_day, $plan, $interval, $cause, $source)
    group by incentive

),

compared as (

    select
        arms.incentive,
        arms.has_holdout,
        cast(sum(case when arms.arm = 'treated' then arms.settled else 0 end) as bigint) as n1,
        cast(sum(case when arms.arm = 'treated' then arms.returned else 0 end) as bigint) as k1,
        cast(sum(case when arms.arm = 'holdout' then arms.settled else 0 end) as bigint) as n0,
        cast(sum(case when arms.arm = 'holdout' then arms.returned else 0 end) as bigint) as k0,
        sum_of_amounts(case when arms.arm = 'treated' then coalesce(costs.cost, 0) else 0 end) as cost
    from campaign_arms($first_day, $last_day, $plan, $interval, $cause, $source) as arms
    left join costs
        on costs.incentive = arms.incentive and costs.campaign = arms.campaign and costs.absence_id = arms.absence_id
    group by arms.incentive, arms.has_holdout

),

judged as (

    select
        *,
        case when has_holdout then lift_verdict(k1, n1, k0, n0) else 'no_holdout' end as verdict
    from compared

)

select
    spent.incentive,
    cast(spent.sent as bigint) as sent,
    coalesce(credited.returned, 0) as returned,
    coalesce(credited.recovered_mrr, 0) as recovered_mrr,
    spent.cost,
    spent.cost / nullif(credited.returned, 0) as cost_per_return,
    case when judged.has_holdout then (share(judged.k1, judged.n1) - share(judged.k0, judged.n0)) * judged.n1 end as caused,
    case when judged.has_holdout then judged.cost end as compared_cost,
    case
        when judged.verdict = 'works'
            then judged.cost / ((share(judged.k1, judged.n1) - share(judged.k0, judged.n0)) * judged.n1)
    end as cost_per_caused,
    case
        when judged.verdict = 'works' then judged.cost / (newcombe_high(judged.k1, judged.n1, judged.k0, judged.n0) * judged.n1)
    end as cost_low,
    case
        when judged.verdict = 'works' then judged.cost / (newcombe_low(judged.k1, judged.n1, judged.k0, judged.n0) * judged.n1)
    end as cost_high,
    judged.verdict
from spent
join judged on judged.incentive = spent.incentive
left join credited on credited.incentive = spent.incentive
order by recovered_mrr desc, spent.incentive;
