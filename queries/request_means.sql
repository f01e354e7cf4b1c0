-- How many contacts did leaving take, and how was it rated?
--
-- One row per thing measured and segment, by the reader's breakdown. The interval is Student's t, kept within the scale.
--
--   measured  contacts, or rating (1 to 5) of how the request was handled
--   segment   value of the breakdown, (all) without one
--   counted   requests of which it is known
--   mean      their mean
--   low       lower end of its 95 % interval; null below two
--   high      upper end of its 95 % interval; null below two
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $source, $request_by

with

values_given as (

    select 'contacts' as measured, contacts as value, 0 as lowest, 1000000 as highest, channel, requested_on, plan
    from chosen_requests($plan, $interval, $source, $first_day, $last_day)
    where contacts is not null
    union all
    select 'rating', rating, 1, 5, channel, requested_on, plan
    from chosen_requests($plan, $interval, $source, $first_day, $last_day)
    where rating is not null

),

counted as (

    select
        measured,
        request_segment($request_by, $grain, channel, requested_on, plan) as segment,
        count(*) as counted,
        ordered_mean(value) as mean,
        case when count(*) > 1 then student_t(count(*) - 1) * sqrt(var_samp(value order by value) / count(*)) end as reach,
        min(lowest) as lowest,
        min(highest) as highest
    from values_given
    group by measured, request_segment($request_by, $grain, channel, requested_on, plan)

)

select
    measured,
    segment,
    counted,
    mean,
    case when reach is not null then greatest(lowest, mean - reach) end as low,
    case when reach is not null then least(highest, mean + reach) end as high
from counted
order by measured, segment;
