-- Another tool says so many percent: which definition comes nearest, period by period?
--
-- One row per period, oldest first. Of several equally near the first in the order of the lens.
--
--   period_start  first day of the period
--   state         running, settling or settled
--   told          the other tool's number as a fraction
--   definition    the nearest definition
--   value         what it says
--   distance      value − told
--   inside        told lies within the definition's 95 % interval
--
-- Parameters: $told, $first_day, $last_day, $grain, $plan, $interval, $cause, $source

with

measured as (

    select
        *,
        $told / 100.0 as told,
        row_number() over (partition by period_start order by abs(value - $told / 100.0), place) as nearness
    from churn_by_definition($grain, $plan, $interval, $cause, $source)
    where value is not null and $told is not null

)

select
    period_start,
    state,
    told,
    definition,
    value,
    value - told as distance,
    told between low and high as inside
from measured
where nearness = 1
    and ($first_day is null or counted_until >= $first_day) and ($last_day is null or period_start <= $last_day)
order by period_start;
