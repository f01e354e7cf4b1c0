-- How many of those who left came back within 30, 60 and 90 days?
--
-- One row per span, over all absences that were observed for the whole span.
--
--   within_days     the span
--   observed        absences that began at least so long before as_of
--   returned        of these, returned within the span
--   return_rate     returned per observed
--   low             lower end of its 95 % Wilson interval
--   high            upper end of its 95 % Wilson interval
--   within_grace    of the returned, back within the grace time and so never counted as leavers
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source

with

spans as (

    select unnest([30, 60, 90]) as within_days

),

followed as (

    select
        spans.within_days,
        coalesce(gone.returned_on - gone.left_on <= spans.within_days, false) as returned,
        gone.within_grace
    from chosen_absences($plan, $interval, $cause, $source) as gone
    cross join spans
    cross join settings
    where gone.left_on + spans.within_days <= settings.as_of
        and ($first_day is null or gone.left_on >= $first_day) and ($last_day is null or gone.left_on <= $last_day)

),

counted as (

    select
        within_days,
        count(*) as observed,
        cast(sum(case when returned then 1 else 0 end) as bigint) as returned,
        cast(sum(case when returned and within_grace then 1 else 0 end) as bigint) as within_grace
    from followed
    group by within_days

)

select
    within_days,
    observed,
    returned,
    share(returned, observed) as return_rate,
    wilson_low(returned, observed) as low,
    wilson_high(returned, observed) as high,
    within_grace
from counted
order by within_days;
