-- Do members come back from a pause, and after how long?
--
-- One row, where there were any pauses. A pause ends when the member resumes, or leaves without having resumed.
--
--   pauses         pauses begun
--   running        of these, not ended yet; in no share
--   ended          of these, ended
--   returned       of the ended, resumed
--   share          returned per ended
--   low            lower end of its 95 % Wilson interval
--   high           upper end of its 95 % Wilson interval
--   median_days    length of the middle one of those that were resumed
--   longest_days   length of the longest of them
--
-- Parameters: $first_day, $last_day, $plan, $interval, $source

with

taken as (

    select
        resumed_on,
        left_on,
        resumed_on - paused_on as days,
        row_number() over (order by resumed_on - paused_on nulls last, member) as place
    from breaks
    where is_chosen($plan, plan) and is_chosen($interval, interval) and is_chosen($source, source)
        and ($first_day is null or paused_on >= $first_day) and ($last_day is null or paused_on <= $last_day)

),

counted as (

    select
        count(*) as pauses,
        count(resumed_on) as returned,
        count(resumed_on) + count(left_on) as ended,
        max(days) as longest_days
    from taken

)

select
    counted.pauses,
    counted.pauses - counted.ended as running,
    counted.ended,
    counted.returned,
    share(counted.returned, counted.ended) as share,
    wilson_low(counted.returned, counted.ended) as low,
    wilson_high(counted.returned, counted.ended) as high,
    middle.days as median_days,
    counted.longest_days
from counted
left join taken as middle on middle.place = (counted.returned + 1) // 2 and counted.returned > 0
where counted.pauses > 0;
