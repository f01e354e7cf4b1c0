-- Whose monthly amount was lost, or is another one at the end of a period than at its start?
--
-- One row per member of the start whose amount changed, the largest loss first. The key is the period's first day.
--
--   member      number of the member
--   name        name, else e-mail or id
--   mrr_before  monthly amount at the start
--   mrr_after   monthly amount at the end
--   mrr_change  the difference
--   hit         is the member gone?
--
-- Parameters: $grain, $plan, $interval, $source, $masked, $key

with

moved as (

    select
        member,
        period_of(day, $grain) as period_start,
        sum(step) as step,
        sum_of_amounts(amount) as amount,
        max(case when chosen = 1 and held_since < period_of(day, $grain) then 1 else 0 end) as held,
        sum_of_amounts(case when chosen = 1 and held_since < period_of(day, $grain) then -amount else 0 end) as held_amount
    from stint_events($plan, $interval, $source)
    group by member, period_of(day, $grain)

)

select
    moved.member,
    shown_name(people.called, moved.member, $masked) as name,
    moved.held_amount as mrr_before,
    moved.held_amount + moved.amount as mrr_after,
    moved.amount as mrr_change,
    moved.step = -1 as hit
from moved
join people on people.member = moved.member
where moved.held = 1 and (moved.step = -1 or abs(moved.amount) > 0.000001)
    and ($key is null or cast(moved.period_start as varchar) = $key[1])
order by moved.step = -1 desc, moved.amount, moved.member;
