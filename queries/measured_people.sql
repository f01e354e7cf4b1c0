-- Whose requests stand behind a share of the farewell?
--
-- One row per request that the measure counts, oldest first; with a key (a segment of the breakdown, a period's first day for
-- periods) those of that segment.
--
--   member        number of the member in this data set
--   name          name, or the number where it is not known or masked
--   email         e-mail address, where known
--   requested_at  when the request was made
--   plan          plan held
--   outcome       what became of it
--   hit           is the measure true of it?
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $source, $promise_hours, $request_by, $measure, $masked, $key

select
    asked.member,
    shown_name(people.called, asked.member, $masked) as name,
    shown_email(people.email_norm, $masked) as email,
    asked.requested_at,
    asked.plan,
    asked.outcome,
    judged.hit
from measured_requests($plan, $interval, $source, $first_day, $last_day, $promise_hours) as judged
join chosen_requests($plan, $interval, $source, $first_day, $last_day) as asked on asked.request = judged.request
join people on people.member = asked.member
where judged.measure = $measure and judged.settled
    and ($key is null or request_segment($request_by, $grain, judged.channel, judged.requested_on, judged.plan) = $key[1])
order by judged.hit desc, asked.requested_at, asked.request;
