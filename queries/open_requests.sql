-- Which requests to cancel are still open, and who has waited longest?
--
-- One row per open request, oldest first.
--
--   member        number of the member in this data set
--   name          name, or the number where it is not known or masked
--   email         e-mail address, where known
--   requested_at  when it was made
--   waited_hours  hours since then, up to the end of as_of
--   is_late       longer than promised
--   replied       had a first reply
--   channel       where it came in
--   contacts      contacts so far
--   plan          plan held
--   mrr           monthly amount held
--
-- Parameters: $first_day, $last_day, $plan, $interval, $source, $promise_hours, $masked

select
    asked.member,
    shown_name(people.called, asked.member, $masked) as name,
    shown_email(people.email_norm, $masked) as email,
    asked.requested_at,
    asked.waited as waited_hours,
    asked.waited > $promise_hours as is_late,
    asked.hours_to_reply is not null as replied,
    asked.channel,
    asked.contacts,
    asked.plan,
    asked.mrr
from chosen_requests($plan, $interval, $source, $first_day, $last_day) as asked
join people on people.member = asked.member
where asked.is_open
order by asked.requested_at, asked.request;
