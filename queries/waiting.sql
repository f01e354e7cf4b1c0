-- How many requests to cancel still wait after so many hours?
--
-- One row per kind of waiting and hour at which a wait ended or was last seen, Kaplan–Meier, censored at as_of.
--
--   waited_for  reply or done
--   hours       hours since the request
--   at_risk     requests that waited at least so long
--   ended       waits that ended then
--   censored    requests last seen waiting then
--   waiting     share still waiting after it
--   low         lower end of the 95 % log-log band
--   high        upper end of the 95 % log-log band
--
-- Parameters: $first_day, $last_day, $plan, $interval, $source

select
    waited_for,
    hours,
    at_risk,
    ended,
    censored,
    waiting,
    log_log_low(waiting, greenwood) as low,
    log_log_high(waiting, greenwood) as high
from waiting_curve($plan, $interval, $source, $first_day, $last_day, 'all', 'month')
order by waited_for desc, hours;
