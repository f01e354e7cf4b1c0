-- Who of those who left gave no usable answer?
--
-- One row per group, most leavers first, after one for all together.
--
--   grouped_by   plan, tenure, source, cause, spell or price_band
--   segment      value of it when leaving, (all) for all together
--   leavers      all who left
--   asked        of these, asked
--   answered     of these, gave a usable answer
--   silent       leavers − answered
--   silent_rate  silent per leavers
--   low          lower end of its 95 % Wilson interval
--   high         upper end of its 95 % Wilson interval
--   junk         of the silent, typed something that says nothing
--   junk_rate    junk per junk + answered: of what was typed, the share that says nothing
--   junk_low     lower end of its 95 % Wilson interval
--   junk_high    upper end of its 95 % Wilson interval
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $grouped_by

with

counted as (

    select
        coalesce(segment, '(all)') as segment,
        segment is null as whole,
        count(*) as leavers,
        cast(sum(case when asked then 1 else 0 end) as bigint) as asked,
        cast(sum(case when usable then 1 else 0 end) as bigint) as answered,
        cast(sum(case when junk then 1 else 0 end) as bigint) as junk
    from asked_leavers($grouped_by, $first_day, $last_day, $plan, $interval, $cause, $source)
    group by grouping sets ((segment), ())

)

select
    cast($grouped_by as varchar) as grouped_by,
    segment,
    leavers,
    asked,
    answered,
    leavers - answered as silent,
    share(leavers - answered, leavers) as silent_rate,
    wilson_low(leavers - answered, leavers) as low,
    wilson_high(leavers - answered, leavers) as high,
    junk,
    share(junk, junk + answered) as junk_rate,
    wilson_low(junk, junk + answered) as junk_low,
    wilson_high(junk, junk + answered) as junk_high
from counted
where leavers > 0
order by whole desc, leavers desc, segment;
