-- Which subscriptions are in no denominator, and why?
--
-- One row per reason. The others are counted: counted + not counted = all subscriptions that were taken.
--
--   why            trial, free, lifetime, never_paid, end_unknown or in_the_future
--   subscriptions  subscriptions of that kind
--   members        members who hold them
--   of_all         all subscriptions that were taken
--
-- Parameters: none

select
    why,
    count(*) as subscriptions,
    count(distinct member) as members,
    (select cast(coalesce(sum(subscriptions), 0) as bigint) from file_counts) as of_all
from unpaid
group by why
order by subscriptions desc, why;
