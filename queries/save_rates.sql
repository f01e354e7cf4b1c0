-- How many of those who asked to leave were kept, by each rule in use?
--
-- One row per rule, ours first. The others count what happened in the session alone, so they are higher and promise less.
--
--   rule        renewed (headline), not_cancelled_of_begun, not_cancelled, accepted_of_decided or accepted
--   kept        requests that count as saved by this rule
--   counted     requests that it counts at all
--   share       kept per counted
--   low         lower end of its 95 % Wilson interval
--   high        upper end of its 95 % Wilson interval
--   settling    requests that it cannot judge yet; in no share
--   settles_on  day on which the last of them settles
--   not_judged  requests that it can never judge: no billing term known
--
-- Parameters: $first_day, $last_day, $plan, $interval, $source

with

chosen as (

    select request, requested_on, outcome, is_open, brought, is_real, saved, offer_accepted, save_settles_on
    from chosen_requests($plan, $interval, $source, $first_day, $last_day)

),

renewed as (

    select
        sum(case when save_settles_on <= settings.as_of and saved then 1 else 0 end) as kept,
        sum(case when save_settles_on <= settings.as_of then 1 else 0 end) as counted,
        sum(case when save_settles_on > settings.as_of then 1 else 0 end) as settling,
        max(case when save_settles_on > settings.as_of then save_settles_on end) as settles_on,
        sum(case when save_settles_on is null then 1 else 0 end) as not_judged
    from chosen
    cross join settings
    where is_real

),

sessions as (

    select
        count(*) as decided,
        sum(case when outcome = 'cancelled' then 1 else 0 end) as cancelled,
        sum(case when outcome = 'bounced' then 1 else 0 end) as bounced,
        sum(case when outcome = 'paused' or coalesce(offer_accepted, false) then 1 else 0 end) as accepted
    from chosen
    where brought and outcome is not null

),

ruled as (

    select 1 as place, 'renewed' as rule, kept, counted, settling, settles_on, not_judged
    from renewed
    union all
    select 2, 'not_cancelled_of_begun', decided - cancelled - bounced, decided - bounced, 0, null, 0 from sessions
    union all
    select 3, 'not_cancelled', decided - cancelled, decided, 0, null, 0 from sessions
    union all
    select 4, 'accepted_of_decided', accepted, accepted + cancelled, 0, null, 0 from sessions
    union all
    select 5, 'accepted', accepted, decided, 0, null, 0 from sessions

)

select
    rule,
    cast(kept as bigint) as kept,
    cast(counted as bigint) as counted,
    share(kept, counted) as share,
    wilson_low(kept, counted) as low,
    wilson_high(kept, counted) as high,
    cast(settling as bigint) as settling,
    cast(settles_on as date) as settles_on,
    cast(not_judged as bigint) as not_judged
from ruled
where counted > 0 or settling > 0 or not_judged > 0
order by place;
