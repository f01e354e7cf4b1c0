-- Whose requests stand behind a band of waiting, and who was angry?
--
-- One row per request to somebody who has to reply; with a key (a band of waiting) those of that band.
--
--   member        number of the member in this data set
--   name          name, or the number where it is not known or masked
--   email         e-mail address, where known
--   requested_at  when the request was made
--   plan          plan held
--   outcome       what became of it
--   hours         hours to the first reply, or waited so far
--   heat          none, complaint, threat, escalated or other
--   heat_outcome  how it ended, in the owner's words
--   hit           was there any?
--
-- Parameters: $first_day, $last_day, $plan, $interval, $source, $masked, $key

select
    asked.member,
    shown_name(people.called, asked.member, $masked) as name,
    shown_email(people.email_norm, $masked) as email,
    asked.requested_at,
    asked.plan,
    asked.outcome,
    coalesce(asked.hours_to_reply, asked.waited) as hours,
    asked.heat,
    asked.heat_outcome,
    asked.heat <> 'none' as hit
from chosen_requests($plan, $interval, $source, $first_day, $last_day) as asked
join people on people.member = asked.member
where not asked.self_service and asked.heat is not null
    and (asked.hours_to_reply is not null or asked.awaits_reply and asked.waited > 72)
    and ($key is null or wait_band(coalesce(asked.hours_to_reply, asked.waited)) = $key[1])
order by case when asked.heat = 'none' then 1 else 0 end, asked.requested_at, asked.request;
