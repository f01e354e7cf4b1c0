-- Whom does each month's churn count, by the id that the owner's tools give them?
--
-- One row per member counted in a month's member churn, without filters. So a later export can tell who was added.
--
--   period_start  first day of the month
--   member_id     id of the member in the owner's tools
--
-- Parameters: none

select gone.period_start, people.member_id
from leavers_from_start('month', null, null, null, null, null, null) as gone
join people on people.member = gone.member
where not gone.back
order by gone.period_start, people.member_id;
