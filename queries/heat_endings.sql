-- How did requests with a complaint, a threat or an escalation end?
--
-- One row per kind of heat, how it ended and what became of the request, most frequent first.
--
--   heat          complaint, threat, escalated or other
--   heat_outcome  how it ended, in the owner's words
--   outcome       what became of the request
--   requests      requests
--   of_all        requests of that kind of heat
--   share         requests per of_all
--   low           lower end of its 95 % Wilson interval
--   high          upper end of its 95 % Wilson interval
--
-- Parameters: $first_day, $last_day, $plan, $interval, $source

with

counted as (

    select
        heat,
        heat_outcome,
        outcome,
        count(*) as requests
    from chosen_requests($plan, $interval, $source, $first_day, $last_day)
    where heat is not null and heat <> 'none'
    group by heat, heat_outcome, outcome

),

of_each as (

    select
        heat,
        sum(requests) as of_all
    from counted
    group by heat

)

select
    counted.heat,
    counted.heat_outcome,
    counted.outcome,
    counted.requests,
    cast(of_each.of_all as bigint) as of_all,
    share(counted.requests, of_each.of_all) as share,
    wilson_low(counted.requests, of_each.of_all) as low,
    wilson_high(counted.requests, of_each.of_all) as high
from counted
join of_each on of_each.heat = counted.heat
order by of_each.of_all desc, counted.heat, counted.requests desc, counted.heat_outcome, counted.outcome;
