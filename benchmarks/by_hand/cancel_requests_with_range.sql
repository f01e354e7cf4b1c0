-- cancel_requests by hand, with the usual range added by the same macro as in ours.
with

counted as materialized (

    select * from [cancel_requests] as by_hand

),

ranges as (

    select period_start, center, lower_limit, upper_limit, signal
    from usual_range((
        select list({'period_start': period_start, 'k': asked, 'n': active, 'settled': state = 'settled'} order by period_start)
        from counted
    ))

)

select counted.*, ranges.center, ranges.lower_limit, ranges.upper_limit, ranges.signal
from counted
join ranges on ranges.period_start = counted.period_start
order by counted.period_start
