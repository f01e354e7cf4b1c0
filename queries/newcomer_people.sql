-- Who joined in a period and had a first due day, and who had left by then?
--
-- One row per member whose first due day has come, those who left by it first. The key is the period's first day, then the
-- term.
--
--   member      number of the member
--   name        name, else e-mail or id
--   started_on  day of joining
--   due_on      first due day; empty where the term is not told
--   left_on     first day without access
--   plan        first plan
--   hit         left on or before the first due day?
--
-- Parameters: $grain, $plan, $interval, $source, $masked, $key

with

joined as (

    select
        firsts.spell_id,
        firsts.member,
        firsts.started_on,
        firsts.plan,
        period_of(firsts.started_on, $grain) as period_start,
        term_group(firsts.interval) as term,
        cast(
            firsts.started_on
            + to_months(billing_months(cast(firsts.interval as varchar)))
            + to_days(billing_days(cast(firsts.interval as varchar))) as date
        ) as due_on
    from chosen_stints($plan, $interval, $source) as firsts
    where firsts.spell_number = 1 and firsts.stint_number = 1

)

select
    joined.member,
    shown_name(people.called, joined.member, $masked) as name,
    joined.started_on,
    joined.due_on,
    spells.ended_on as left_on,
    cast(joined.plan as varchar) as plan,
    coalesce(spells.ended_on <= joined.due_on, false) as hit
from joined
join spells on spells.spell_id = joined.spell_id
join people on people.member = joined.member
cross join settings
where coalesce(joined.due_on <= settings.as_of, true)
    and ($key[1] is null or cast(joined.period_start as varchar) = $key[1])
    and ($key[2] is null or joined.term = $key[2])
order by coalesce(spells.ended_on <= joined.due_on, false) desc, joined.started_on, joined.member;
