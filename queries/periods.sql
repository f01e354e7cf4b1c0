-- Which periods are there to choose from, and which of them still move?
--
-- One row per period, newest first.
--
--   period_start  first day of the period
--   last_day      its last day, or as_of where the data ends earlier
--   state         running, settling or settled
--   settles_on    day from which its numbers no longer move
--
-- Parameters: $first_day, $last_day, $grain

select
    period_start,
    counted_until as last_day,
    state,
    settles_on
from periods_of($grain)
where ($first_day is null or counted_until >= $first_day) and ($last_day is null or period_start <= $last_day)
order by period_start desc;
