-- Whose requests does a rule of staying count, and whom does it call saved?
--
-- One row per request that the rule counts; with a key (a rule) by that rule, else by ours.
--
--   member        number of the member in this data set
--   name          name, or the number where it is not known or masked
--   email         e-mail address, where known
--   requested_at  when the request was made
--   plan          plan held
--   outcome       what became of it
--   due_on        first due day after the request
--   kept          saved by that rule
--
-- Parameters: $first_day, $last_day, $plan, $interval, $source, $masked, $key

select
    asked.member,
    shown_name(people.called, asked.member, $masked) as name,
    shown_email(people.email_norm, $masked) as email,
    asked.requested_at,
    asked.plan,
    asked.outcome,
    asked.due_on,
    case coalesce($key[1], 'renewed')
        when 'renewed' then asked.saved
        when 'not_cancelled_of_begun' then asked.outcome <> 'cancelled'
        when 'not_cancelled' then asked.outcome <> 'cancelled'
        else asked.outcome = 'paused' or coalesce(asked.offer_accepted, false)
    end as kept
from chosen_requests($plan, $interval, $source, $first_day, $last_day) as asked
join people on people.member = asked.member
cross join settings
where case coalesce($key[1], 'renewed')
    when 'renewed' then asked.is_real and asked.save_settles_on <= settings.as_of
    when 'not_cancelled_of_begun' then asked.brought and asked.outcome is not null and asked.outcome <> 'bounced'
    when 'accepted_of_decided' then asked.brought
        and (asked.outcome in ('cancelled', 'paused') or asked.outcome is not null and coalesce(asked.offer_accepted, false))
    else asked.brought and asked.outcome is not null
end
order by kept desc, asked.requested_at, asked.request;
