-- How many came back because of the message, and how many would have come anyway?
--
-- One row per incentive that was sent. Treated against the hold-outs of the same campaigns, settled ones only. Without a
-- hold-out there is a return rate only, the effect is unknown.
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

counted as (

    select
        incentive,
        has_holdout,
        cast(sum(case when arm = 'treated' then settled else 0 end) as bigint) as treated,
        cast(sum(case when arm = 'treated' then returned else 0 end) as bigint) as came_treated,
        cast(sum(case when arm = 'holdout' then settled else 0 end) as bigint) as held_out,
        cast(sum(case when arm = 'holdout' then returned else 0 end) as bigint) as came_held_out
    from campaign_arms($first_day, $last_day, $plan, $interval, $cause, $source)
    group by incentive, has_holdout

)

select
    incentive,
    treated,
    came_treated,
    share(came_treated, treated) as treated_rate,
    case when has_holdout then held_out end as held_out,
    case when has_holdout then came_held_out end as came_held_out,
    share(came_held_out, held_out) as held_out_rate,
    share(came_treated, treated) - share(came_held_out, held_out) as lift,
    newcombe_low(came_treated, treated, came_held_out, held_out) as low,
    newcombe_high(came_treated, treated, came_held_out, held_out) as high,
    came_anyway(came_treated, treated, came_held_out, held_out) as came_anyway,
    case
        when not has_holdout then 'no_holdout'
        else lift_verdict(came_treated, treated, came_held_out, held_out)
    end as verdict
from counted
order by treated desc, incentive;
