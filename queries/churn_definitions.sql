-- What does each definition of churn say about the same period?
--
-- One row per period and definition, oldest first, in a fixed order. No value where a file is missing or nothing was due.
--
--   period_start  first day of the period
--   last_day      its last day, or as_of where the data ends earlier
--   definition    member_churn (C1), churn_events (C2), churn_with_newcomers (C3), daily_sum_churn (C4), churn_hazard,
--   state         running, settling or settled; cancel requests settle with the period
--   settles_on    day from which the value no longer moves
--   numerator     members, ends, requests or renewals counted
--   denominator   what they are divided by; for the hazard member-days ÷ 30, for the daily sum the average that makes it true
--   value         the rate
--   low           lower end of its 95 % interval: Wilson for shares, Poisson (Byar) for events, normal for net churn
--   high          upper end of it
--   chosen        one or other, where it is one of the two that are compared
--
-- Further definitions: cancel_requests (C6), net_churn (C7), renewal_churn (C9).
--
-- Parameters: $definition, $against, $first_day, $last_day, $grain, $plan, $interval, $cause, $source

select
    period_start,
    counted_until as last_day,
    definition,
    state,
    settles_on,
    numerator,
    denominator,
    value,
    low,
    high,
    case definition when $definition then 'one' when $against then 'other' end as chosen
from churn_by_definition($grain, $plan, $interval, $cause, $source)
where ($first_day is null or counted_until >= $first_day) and ($last_day is null or period_start <= $last_day)
order by period_start, place;
