-- For whom was leaving easier, quicker and friendlier?
--
-- One row per segment, by the reader's breakdown, for the measure chosen.
--
--   measure     the measure chosen
--   segment     value of the breakdown, (all) without one
--   hits        requests of which it is true
--   counted     requests of which it is known and settled
--   share       hits per counted
--   low         lower end of its 95 % Wilson interval
--   high        upper end of its 95 % Wilson interval
--   settling    requests of which it cannot be known yet; in no share
--   settles_on  day on which the last of them settles
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $source, $promise_hours, $request_by, $measure

with

counted as (

    select
        measure,
        request_segment($request_by, $grain, channel, requested_on, plan) as segment,
        sum(case when settled and hit then 1 else 0 end) as hits,
        sum(case when settled then 1 else 0 end) as counted,
        sum(case when settled then 0 else 1 end) as settling,
        max(case when not settled then settles_on end) as settles_on
    from measured_requests($plan, $interval, $source, $first_day, $last_day, $promise_hours)
    where measure = $measure
    group by measure, request_segment($request_by, $grain, channel, requested_on, plan)

)

select
    measure,
    segment,
    cast(hits as bigint) as hits,
    cast(counted as bigint) as counted,
    share(hits, counted) as share,
    wilson_low(hits, counted) as low,
    wilson_high(hits, counted) as high,
    cast(settling as bigint) as settling,
    settles_on
from counted
order by measure, segment;
