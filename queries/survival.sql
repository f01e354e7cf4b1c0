-- How many members are still there after so many days?
--
-- One row per segment and day on which somebody left or was last seen, Kaplan–Meier over spells, censored at as_of.
--
--   segment     value of the breakdown, (all) without one
--   day         days since the spell began
--   at_risk     spells that lasted at least so long and are observed so long
--   ended       spells that ended on that day
--   censored    spells last seen on that day, still running
--   survival    share still there after that day
--   std_error   Greenwood's standard error of survival
--   low         lower end of the 95 % log-log band
--   high        upper end of the 95 % log-log band
--
-- Parameters: $plan, $interval, $cause, $source, $by

with

segments as (

    select
        stints.spell_id,
        cast(case $by
            when 'plan' then cast(stints.plan as varchar)
            when 'interval' then cast(stints.interval as varchar)
            when 'source' then cast(stints.source as varchar)
            when 'spell' then case when stints.spell_number = 1 then 'first' else 'later' end
            else '(all)'
        end as varchar) as segment
    from chosen_stints($plan, $interval, $source) as stints
    where stints.stint_number = 1

),

lasting as (

    select
        segments.segment,
        coalesce(spells.ended_on, settings.as_of) - spells.started_on as day,
        count(*) as seen,
        sum(case when spells.ended_on is not null and is_chosen($cause, spells.cause) then 1 else 0 end) as ended
    from spells
    join segments on segments.spell_id = spells.spell_id
    cross join settings
    group by segments.segment, coalesce(spells.ended_on, settings.as_of) - spells.started_on

),

at_risk as (

    select
        segment,
        day,
        cast(ended as bigint) as ended,
        cast(seen - ended as bigint) as censored,
        cast(sum(seen) over (
            partition by segment order by day desc rows between unbounded preceding and current row
        ) as bigint) as at_risk
    from lasting

),

multiplied as (

    select
        segment,
        day,
        at_risk,
        ended,
        censored,
        exp(sum(case when ended < at_risk then ln(1 - share(ended, at_risk)) else 0 end) over so_far)
            * case when max(case when ended = at_risk then 1 else 0 end) over so_far = 1 then 0 else 1 end as survival,
        sum(case when ended < at_risk then cast(ended as double) / at_risk / (at_risk - ended) else 0 end)
            over so_far as greenwood
    from at_risk
    window so_far as (partition by segment order by day rows between unbounded preceding and current row)

)

select
    segment,
    day,
    at_risk,
    ended,
    censored,
    survival,
    survival * sqrt(greenwood) as std_error,
    log_log_low(survival, greenwood) as low,
    log_log_high(survival, greenwood) as high
from multiplied
order by segment, day;
