-- How long after the message do they come back?
--
-- One row per week since a leaver's first message, those settled who returned within the win-back days.
--
--   week         weeks passed since the message: 0 is the first week
--   returned     came back in that week
--   of_all       all who came back
--   share        share of them back by its end
--   median_days  days after which half of all were back
--   slow_days    days after which nine in ten were back
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source

with

back as (

    select
        returned_on - assigned_on as days,
        row_number() over (order by returned_on - assigned_on) as place,
        count(*) over () as of_all
    from first_messages('none', $first_day, $last_day, $plan, $interval, $cause, $source)
    where settled and returned

),

middle as (

    select
        min(case when place >= 0.5 * of_all then days end) as median_days,
        min(case when place >= 0.9 * of_all then days end) as slow_days,
        max(of_all) as of_all
    from back

),

weeks as (

    select cast(floor(days / 7.0) as integer) as week, count(*) as returned
    from back
    group by cast(floor(days / 7.0) as integer)

),

every_week as (

    select calendar.week, coalesce(weeks.returned, 0) as returned
    from (
        select cast(unnest(range(0, cast(longest as integer) + 1)) as integer) as week
        from (select floor(winback_days / 7.0) as longest from settings) as extent
    ) as calendar
    left join weeks on weeks.week = calendar.week

)

select
    every_week.week,
    every_week.returned,
    middle.of_all,
    share(sum(every_week.returned) over (order by every_week.week rows between unbounded preceding and current row), middle.of_all)
        as share,
    middle.median_days,
    middle.slow_days
from every_week
cross join middle
where middle.of_all > 0
order by every_week.week;
