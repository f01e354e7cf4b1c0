-- Whose renewal came due in a period, and who did not renew?
--
-- One row per renewal, those not renewed first. The key is the period's first day.
--
--   member   number of the member
--   name     name, else e-mail or id
--   due_on   day on which the renewal came due
--   plan     plan held on the day before
--   left_on  first day without access, where the member has left
--   hit      was it not renewed, by one of the chosen causes?
--
-- Parameters: $grain, $plan, $interval, $cause, $source, $masked, $key

select
    renewals.member,
    shown_name(people.called, renewals.member, $masked) as name,
    renewals.due_on,
    cast(renewals.plan as varchar) as plan,
    renewals.left_on,
    renewals.ended and is_chosen($cause, renewals.cause) as hit
from renewals
join people on people.member = renewals.member
where is_chosen($plan, renewals.plan) and is_chosen($interval, renewals.interval) and is_chosen($source, renewals.source)
    and ($key is null or cast(period_of(renewals.due_on, $grain) as varchar) = $key[1])
order by renewals.ended and is_chosen($cause, renewals.cause) desc, renewals.due_on, renewals.member;
