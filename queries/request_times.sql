-- How long do requests to cancel wait, for a first reply and until they are done?
--
-- One row per kind of waiting and segment, by the reader's breakdown. Requests still open are censored, not dropped; a reply
-- is awaited only where somebody has to reply, so self-service is left out of it.
--
--   waited_for    reply or done
--   segment       value of the breakdown, (all) without one
--   requests      requests that waited
--   still_open    of these, still waiting on as_of
--   median_hours  hours after which half no longer waited; null: not reached
--   slow_hours    hours after which nine in ten no longer waited; null: not reached
--   longest_open  hours that the longest open one has waited
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $source, $request_by

with

reached as (

    select
        waited_for,
        segment,
        min(case when waiting <= 0.5 + 1e-9 then hours end) as median_hours,
        min(case when waiting <= 0.1 + 1e-9 then hours end) as slow_hours
    from waiting_curve($plan, $interval, $source, $first_day, $last_day, $request_by, $grain)
    group by waited_for, segment

),

counted as (

    select
        waited_for,
        segment,
        count(*) as requests,
        sum(1 - ended) as still_open,
        max(case when ended = 0 then hours end) as longest_open
    from waits($plan, $interval, $source, $first_day, $last_day, $request_by, $grain)
    group by waited_for, segment

)

select
    counted.waited_for,
    counted.segment,
    counted.requests,
    cast(counted.still_open as bigint) as still_open,
    reached.median_hours,
    reached.slow_hours,
    counted.longest_open
from counted
join reached on reached.waited_for = counted.waited_for and reached.segment = counted.segment
order by counted.waited_for desc, counted.segment;
