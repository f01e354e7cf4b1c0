-- Another tool says so many percent: which definition of churn says nearly the same?
--
-- One row per period and definition that has a value, oldest period first, in it the nearest definition first; of several
-- equally near the first in the order of the lens.
--
--   period_start  first day of the period
--   state         running, settling or settled
--   told          the other tool's number as a fraction
--   definition    see churn_definitions
--   numerator     members, ends, requests or renewals counted
--   denominator   what they are divided by
--   value         what the definition says
--   low           lower end of its 95 % interval
--   high          upper end of it
--   distance      value − told
--   rounds        the value, rounded as the other tool's number is (to one decimal at least), is that number
--   inside        told lies within the definition's 95 % interval
--
-- Parameters: $told, $first_day, $last_day, $grain, $plan, $interval, $cause, $source

with

measured as (

    select
        *,
        cast($told as double) as percent,
        case when abs($told * 10 - round($told * 10)) < 1e-6 then 1 else 2 end as decimals
    from churn_by_definition($grain, $plan, $interval, $cause, $source)
    where value is not null and $told is not null

)

select
    period_start,
    state,
    percent / 100 as told,
    definition,
    numerator,
    denominator,
    value,
    low,
    high,
    value - percent / 100 as distance,
    abs(round(value * 100, decimals) - round(percent, decimals)) < 1e-6 as rounds,
    percent / 100 between low and high as inside
from measured
where ($first_day is null or counted_until >= $first_day) and ($last_day is null or period_start <= $last_day)
order by period_start, abs(value - percent / 100), place;
