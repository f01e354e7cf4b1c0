-- How many came back because of the message, and how many would have come anyway?
--
-- One row per incentive that was sent. Treated against the hold-outs of the same campaigns, settled ones only. Without a
-- hold-out there is conversion, not effect.
--
--   incentive       what was offered
--   treated         leavers written to in campaigns with a hold-out (in all campaigns where there is none)
--   came_treated    of these, returned within the win-back days
--   treated_rate    came_treated per treated
--   held_out        leavers of the same campaigns who were not written to on purpose
--   came_held_out   of these, returned within the win-back days
--   held_out_rate   came_held_out per held_out
--   lift            treated_rate − held_out_rate
--   low             lower end of its 95 % Newcombe interval
--   high            upper end of its 95 % Newcombe interval
--   came_anyway     held_out_rate per treated_rate, at most 1: share of the returns that needed no message
--   verdict         works, harms, not_shown, too_few (under ten in an arm), no_holdout or unsettled
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source

with

sent as (

    select campaign, arm, incentive, absence_id, settled, returned, assigned_on
    from chosen_messages($plan, $interval, $cause, $source)
    where ($first_day is null or assigned_on >= $first_day) and ($last_day is null or assigned_on <= $last_day)

),

campaigns as (

    select
        incentives.incentive,
        incentives.campaign,
        max(case when sent.arm = 'holdout' then 1 else 0 end) as has_holdout
    from (select distinct incentive, campaign from sent where arm = 'treated') as incentives
    join sent on sent.campaign = incentives.campaign
    group by incentives.incentive, incentives.campaign

),

compared as (

    select incentive, max(has_holdout) as has_holdout
    from campaigns
    group by incentive

),

arms as (

    select
        campaigns.incentive,
        sent.arm,
        sent.absence_id,
        sent.campaign,
        max(case when sent.settled then 1 else 0 end) as settled,
        max(case when sent.settled and sent.returned then 1 else 0 end) as returned
    from campaigns
    join compared on compared.incentive = campaigns.incentive and campaigns.has_holdout = compared.has_holdout
    join sent on sent.campaign = campaigns.campaign
        and (sent.arm = 'holdout' or sent.incentive = campaigns.incentive)
    group by campaigns.incentive, sent.arm, sent.absence_id, sent.campaign

),

counted as (

    select
        incentive,
        cast(sum(case when arm = 'treated' then settled else 0 end) as bigint) as treated,
        cast(sum(case when arm = 'treated' then returned else 0 end) as bigint) as came_treated,
        cast(sum(case when arm = 'holdout' then settled else 0 end) as bigint) as held_out,
        cast(sum(case when arm = 'holdout' then returned else 0 end) as bigint) as came_held_out
    from arms
    group by incentive

)

select
    counted.incentive,
    counted.treated,
    counted.came_treated,
    share(counted.came_treated, counted.treated) as treated_rate,
    case when compared.has_holdout = 1 then counted.held_out end as held_out,
    case when compared.has_holdout = 1 then counted.came_held_out end as came_held_out,
    share(counted.came_held_out, counted.held_out) as held_out_rate,
    share(counted.came_treated, counted.treated) - share(counted.came_held_out, counted.held_out) as lift,
    newcombe_low(counted.came_treated, counted.treated, counted.came_held_out, counted.held_out) as low,
    newcombe_high(counted.came_treated, counted.treated, counted.came_held_out, counted.held_out) as high,
    case
        when counted.held_out > 0 and counted.came_treated > 0
            then least(1, share(counted.came_held_out, counted.held_out) / share(counted.came_treated, counted.treated))
    end as came_anyway,
    case
        when compared.has_holdout = 0 then 'no_holdout'
        when counted.treated = 0 or counted.held_out = 0 then 'unsettled'
        when counted.treated < 10 or counted.held_out < 10 then 'too_few'
        when newcombe_low(counted.came_treated, counted.treated, counted.came_held_out, counted.held_out) > 0 then 'works'
        when newcombe_high(counted.came_treated, counted.treated, counted.came_held_out, counted.held_out) < 0 then 'harms'
        else 'not_shown'
    end as verdict
from counted
join compared on compared.incentive = counted.incentive
order by counted.treated desc, counted.incentive;
