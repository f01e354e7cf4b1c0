-- How many members are still there after so many days?
--
-- One row per segment and day on which somebody left or was last seen. Kaplan–Meier over spells, censored at as_of;
-- where leavers are known only from observed_from on, older spells enter at the age they had that day.
--
--   segment     value of the breakdown, (all) without one
--   day         days since the spell began
--   at_risk     spells that entered before that day and are observed so long
--   ended       spells that ended on that day
--   censored    spells last seen on that day, still running
--   survival    share still there after that day
--   std_error   Greenwood's standard error of survival
--   low         lower end of the 95 % log-log band
--   high        upper end of the 95 % log-log band
--   begins      age from which on enough were observed, where spells entered late: survival of those who came so far
--
-- Parameters: $plan, $interval, $source, $by

select
    segment,
    day,
    at_risk,
    ended,
    censored,
    survival,
    survival * sqrt(greenwood) as std_error,
    log_log_low(survival, greenwood) as low,
    log_log_high(survival, greenwood) as high,
    begins
from survival_curve($plan, $interval, null, $source, $by)
order by segment, day;
