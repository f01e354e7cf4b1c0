-- Does anger go along with slow replies?
--
-- One row per band of waiting for the first reply. An association, not a cause: whoever is angry may also be harder to answer.
--
--   wait      to_4_hours, to_1_day, to_3_days or longer; unanswered requests count once they have waited longer
--   hot       requests with a complaint, a threat or an escalation
--   requests  requests to somebody who has to reply
--   share     hot per requests
--   low       lower end of its 95 % Wilson interval
--   high      upper end of its 95 % Wilson interval
--
-- Parameters: $first_day, $last_day, $plan, $interval, $source

with

banded as (

    select
        wait_band(coalesce(hours_to_reply, waited)) as wait,
        heat
    from chosen_requests($plan, $interval, $source, $first_day, $last_day)
    where not self_service and heat is not null and (hours_to_reply is not null or awaits_reply and waited > 72)

),

counted as (

    select
        wait,
        cast(sum(case when heat <> 'none' then 1 else 0 end) as bigint) as hot,
        count(*) as requests
    from banded
    group by wait

)

select
    wait,
    hot,
    requests,
    share(hot, requests) as share,
    wilson_low(hot, requests) as low,
    wilson_high(hot, requests) as high
from counted
order by case wait when 'to_4_hours' then 1 when 'to_1_day' then 2 when 'to_3_days' then 3 else 4 end;
