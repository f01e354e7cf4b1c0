-- How many of those who left were written to, and how soon?
--
-- One row per group, most leavers first, after one for all together. Days are exact, counted over those written to.
--
--   grouped_by      plan, tenure, source, cause, spell or price_band
--   segment         value of it when leaving, (all) for all together
--   leavers         all who left
--   contacted       of these, written to before they came back
--   reach           contacted per leavers
--   low             lower end of its 95 % Wilson interval
--   high            upper end of its 95 % Wilson interval
--   not_to_contact  of the others, asked not to be written to
--   median_days     days from leaving to the first message that half of the contacted had waited at most
--   slow_days       the same for nine in ten of them
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $grouped_by

with

first_messages as (

    select absence_id, min(coalesce(sent_on, assigned_on)) as written_on
    from messages
    where problem is null and arm = 'treated' and sent
    group by absence_id

),

reached as (

    select
        gone.segment,
        gone.member,
        gone.left_on,
        gone.plan,
        first_messages.written_on,
        first_messages.written_on - gone.left_on as days,
        first_messages.written_on is null and withheld.member is not null as not_to_contact
    from asked_leavers($grouped_by, $first_day, $last_day, $plan, $interval, $cause, $source) as gone
    left join withheld_people() as withheld on withheld.member = gone.member
    left join absences on absences.member = gone.member and absences.left_on = gone.left_on
    left join first_messages on first_messages.absence_id = absences.absence_id

),

ranked as (

    select
        segment,
        days,
        row_number() over (partition by segment order by days) as place,
        count(*) over (partition by segment) as of_all
    from (
        select segment, days from reached where days is not null
        union all
        select '(all)' as segment, days from reached where days is not null
    ) as both_ways

),

waits as (

    select
        segment,
        min(case when place >= 0.5 * of_all then days end) as median_days,
        min(case when place >= 0.9 * of_all then days end) as slow_days
    from ranked
    group by segment

),

counted as (

    select
        coalesce(segment, '(all)') as segment,
        segment is null as whole,
        count(*) as leavers,
        count(written_on) as contacted,
        cast(sum(case when not_to_contact then 1 else 0 end) as bigint) as not_to_contact
    from reached
    group by grouping sets ((segment), ())

)

select
    cast($grouped_by as varchar) as grouped_by,
    counted.segment,
    counted.leavers,
    counted.contacted,
    share(counted.contacted, counted.leavers) as reach,
    wilson_low(counted.contacted, counted.leavers) as low,
    wilson_high(counted.contacted, counted.leavers) as high,
    counted.not_to_contact,
    waits.median_days,
    waits.slow_days
from counted
left join waits on waits.segment = counted.segment
where counted.leavers > 0
order by counted.whole desc, counted.leavers desc, counted.segment;
