-- How easy, quick and friendly was leaving, in shares?
--
-- One row per measure of which anything is known.
--
--   measure     within_promise, within_day, more_contacts, self_service, good_rating, heat or saved
--   hits        requests of which it is true
--   counted     requests of which it is known and settled
--   share       hits per counted
--   low         lower end of its 95 % Wilson interval
--   high        upper end of its 95 % Wilson interval
--   settling    requests of which it cannot be known yet; in no share
--   settles_on  day on which the last of them settles
--
-- Parameters: $first_day, $last_day, $plan, $interval, $source, $promise_hours

with

counted as (

    select
        measure,
        sum(case when settled and hit then 1 else 0 end) as hits,
        sum(case when settled then 1 else 0 end) as counted,
        sum(case when settled then 0 else 1 end) as settling,
        max(case when not settled then settles_on end) as settles_on
    from measured_requests($plan, $interval, $source, $first_day, $last_day, $promise_hours)
    group by measure

)

select
    measure,
    cast(hits as bigint) as hits,
    cast(counted as bigint) as counted,
    share(hits, counted) as share,
    wilson_low(hits, counted) as low,
    wilson_high(hits, counted) as high,
    cast(settling as bigint) as settling,
    settles_on
from counted
order by measure;
