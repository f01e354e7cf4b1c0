-- Whose requests waited, in which channel, on which weekday, in which period?
--
-- One row per request that waited, longest first; with a key (reply or done, and a segment of the breakdown) those of it.
--
--   member        number of the member in this data set
--   name          name, or the number where it is not known or masked
--   email         e-mail address, where known
--   requested_at  when the request was made
--   plan          plan held
--   outcome       what became of it
--   hours         hours waited, up to as_of for those that still wait
--   is_open       still waiting on as_of
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $source, $request_by, $masked, $key

select
    asked.member,
    shown_name(people.called, asked.member, $masked) as name,
    shown_email(people.email_norm, $masked) as email,
    asked.requested_at,
    asked.plan,
    asked.outcome,
    waits.hours,
    waits.ended = 0 as is_open
from waits($plan, $interval, $source, $first_day, $last_day, $request_by, $grain) as waits
join chosen_requests($plan, $interval, $source, $first_day, $last_day) as asked on asked.request = waits.request
join people on people.member = asked.member
where $key is null or waits.waited_for = $key[1] and waits.segment = $key[2]
order by waits.hours desc, asked.request;
