-- Who of a segment left in the two ranges that are compared?
--
-- One row per leaver of either range, the later one first. The key is the segment; (all) for all together.
--
--   member   number of the member
--   name     name, else e-mail or id
--   side     before or after
--   segment  value of the breakdown
--   left_on  first day without access
--   cause    voluntary, involuntary or unknown
--   plan     plan held when the period began
--
-- Parameters: $before_first, $before_last, $after_first, $after_last, $split, $grain, $plan, $interval, $cause, $source, $masked, $key

with

listed as (

    select
        gone.member,
        compared.side,
        segment_of(
            $split, gone.plan, gone.interval, gone.source, gone.spell_number, gone.started_on,
            compared.period_start - gone.started_on
        ) as segment,
        gone.left_on,
        gone.cause,
        gone.plan
    from leavers_from_start($grain, $plan, $interval, $cause, $source, null, null) as gone
    join compared_periods($grain, $before_first, $before_last, $after_first, $after_last) as compared
        on compared.period_start = gone.period_start
    where not gone.back

)

select
    listed.member,
    shown_name(people.called, listed.member, $masked) as name,
    listed.side,
    listed.segment,
    listed.left_on,
    cast(listed.cause as varchar) as cause,
    cast(listed.plan as varchar) as plan
from listed
join people on people.member = listed.member
where $key is null or $key[1] = '(all)' or listed.segment = $key[1]
order by listed.side, listed.left_on desc, listed.member;
