-- What is there to choose from in the filters?
--
-- One row per filter and value, most members first.
--
--   filter  plan, interval, cause or source
--   choice  a value of it
--   spells  stints (leavers for cause) that carry it
--
-- Parameters: none

select filter, choice, spells
from (
    select 'plan' as filter, cast(plan as varchar) as choice, count(*) as spells from stints group by plan
    union all
    select 'interval', cast(interval as varchar), count(*) from stints group by interval
    union all
    select 'source', cast(source as varchar), count(*) from stints group by source
    union all
    select 'cause', cast(cause as varchar), count(*) from leavers group by cause
) as counted
order by filter, spells desc, choice;
