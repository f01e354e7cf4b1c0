-- What do the files tell about requests to cancel?
--
-- One row.
--
--   requests   requests to cancel, from a file of requests or from the days noted with the subscriptions
--   handled    of these, from a file of requests: only there are replies, channels and moods known
--   replies    of these, the file tells when the first reply came
--   ends       of these, the file tells when they were done
--   ignored    of these, the reply or the end lies before the request: in no time
--   open       of these, not done yet
--   offers     offers shown
--   pauses     pauses
--
-- Parameters: $first_day, $last_day, $plan, $interval, $source

with

asked as (

    select
        count(*) as requests,
        sum(case when brought then 1 else 0 end) as handled,
        sum(case when tells_replies then 1 else 0 end) as replies,
        sum(case when tells_ends then 1 else 0 end) as ends,
        count(problem) as ignored,
        sum(case when is_open then 1 else 0 end) as open,
        count(offer) as offers
    from chosen_requests($plan, $interval, $source, $first_day, $last_day)

)

select
    asked.requests,
    cast(coalesce(asked.handled, 0) as bigint) as handled,
    cast(coalesce(asked.replies, 0) as bigint) as replies,
    cast(coalesce(asked.ends, 0) as bigint) as ends,
    asked.ignored,
    cast(coalesce(asked.open, 0) as bigint) as open,
    asked.offers,
    (select count(*) from breaks) as pauses
from asked;
