-- Who left for the price?
--
-- One row per leaver whose answer names it, newest first. The key is the tenure band, (all) meaning any, then the use of the price plan.
--
--   tenure       how long they had been members
--   price_plan   had, could_have or none_sold
--   member       number of the member
--   name         name, else e-mail or id
--   left_on      first day without access
--   returned_on  start of the next spell
--   plan         plan held when leaving
--   mrr          monthly amount that left
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $masked, $key

select
    told.tenure,
    told.price_plan,
    told.member,
    shown_name(people.called, told.member, $masked) as name,
    told.left_on,
    told.returned_on,
    cast(told.plan as varchar) as plan,
    told.mrr
from price_told($first_day, $last_day, $plan, $interval, $cause, $source) as told
join people on people.member = told.member
where told.names_price = 1
    and ($key[1] is null or $key[1] = '(all)' or told.tenure = $key[1]) and ($key[2] is null or told.price_plan = $key[2])
order by told.left_on desc, told.member;
