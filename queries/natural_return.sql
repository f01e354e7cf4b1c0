-- How many come back by themselves, without being written to?
--
-- One row per day since leaving, up to the last day with at least ten still observed. Kaplan–Meier over all leavers,
-- censored at the first message or as_of.
--
--   day       days since leaving
--   at_risk   leavers still away, not yet written to and observed so long
--   returns   of these, came back on that day
--   returned  came back by then
--   share     share back by then
--   low       lower end of its 95 % log-log band
--   high      upper end of its 95 % log-log band
--
-- Parameters: $plan, $interval, $cause, $source

select
    day,
    cast(at_risk as bigint) as at_risk,
    cast(returns as bigint) as returns,
    cast(sum(returns) over (order by day rows between unbounded preceding and current row) as bigint) as returned,
    1 - still_gone as share,
    1 - log_log_high(still_gone, greenwood) as low,
    1 - log_log_low(still_gone, greenwood) as high
from return_curve($plan, $interval, $cause, $source)
where at_risk >= 10
order by day;
