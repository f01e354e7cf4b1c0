-- Whose charge failed in a period, and whose was paid after all?
--
-- One row per failed charge, those not paid within 30 days first. The key is the period's first day.
--
--   member     number of the member
--   name       name, else e-mail or id
--   failed_on  day of the charge that failed
--   plan       plan held then
--   hit        paid within 30 days?
--
-- Parameters: $grain, $plan, $interval, $source, $masked, $key

select
    people.member,
    shown_name(people.called, people.member, $masked) as name,
    charges.failed_on,
    cast(charges.plan as varchar) as plan,
    charges.recovered as hit
from failed_charges as charges
join people on people.member_id = charges.member_id
where is_chosen($plan, charges.plan) and is_chosen($interval, charges.interval) and is_chosen($source, charges.source)
    and ($key is null or cast(period_of(charges.failed_on, $grain) as varchar) = $key[1])
order by charges.recovered, charges.failed_on, people.member;
