-- definition_nearest to 3.0 %, all members by month, written for exactly this on top of the definitions by hand.
select
    period_start,
    state,
    0.03 as told,
    definition,
    numerator,
    denominator,
    value,
    low,
    high,
    value - 0.03 as distance,
    abs(round(value * 100, 1) - 3.0) < 1e-6 as rounds,
    0.03 between low and high as inside
from [churn_definitions] as churn
where value is not null
order by period_start, abs(value - 0.03), place
