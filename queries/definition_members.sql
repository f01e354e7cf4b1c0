-- Which members make the difference between two definitions of churn?
--
-- One row per event that the one counts and the other does not, by kind and day.
--
--   kind       why the definitions differ here
--   member     number of the member
--   name       name, else e-mail or id
--   event      leaving, return, request or renewal
--   day        when it happened
--   in_one     how often it counts in the one definition
--   in_other   how often it counts in the other; a return takes away from net churn
--
-- Parameters: $definition, $against, $period, $first_day, $last_day, $grain, $plan, $interval, $cause, $source, $masked

select
    cast(differing.kind as varchar) as kind,
    differing.member,
    shown_name(people.called, differing.member, $masked) as name,
    differing.event,
    differing.day,
    differing.in_one,
    differing.in_other
from definition_differences(
    $definition, $against, $period, $grain, $plan, $interval, $cause, $source, $first_day, $last_day
) as differing
join people on people.member = differing.member
order by differing.kind, differing.day, differing.member;
