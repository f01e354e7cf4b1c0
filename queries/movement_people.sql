-- Whose monthly amount moved so between the start and the end of a period?
--
-- One row per member, the largest change first; for start and end every member of that day. The key is the movement.
--
--   member      number of the member
--   name        name, else e-mail or id
--   movement    start, new, returned, switched_in, expansion, contraction, switched_out, lost or end
--   mrr_change  change of the monthly amount; at the start and the end the amount
--
-- Parameters: $period, $first_day, $last_day, $grain, $plan, $interval, $source, $masked, $key

with

shown as (

    select
        case
            when $period is null and ($first_day is not null or $last_day is not null)
                then coalesce($first_day, (select min(started_on) from spells))
            else period.period_start
        end as first_day,
        case
            when $period is null and ($first_day is not null or $last_day is not null)
                then least(coalesce($last_day, settings.as_of), settings.as_of)
            else period.counted_until
        end as last_day
    from period_shown($period, $grain, $first_day, $last_day) as period
    cross join settings

),

moved as (

    select
        events.member,
        sum(events.step) as step,
        sum(case when events.chosen = 1 then events.step else 0 end) as chosen_step,
        sum_of_amounts(case when events.chosen = 1 then events.amount else 0 end) as chosen_amount,
        max(case when events.held_since < shown.first_day then 1 else 0 end) as held,
        max(case when events.chosen = 1 and events.held_since < shown.first_day then 1 else 0 end) as chosen_held,
        min(case when events.step = 1 then events.spell_number end) as first_spell
    from stint_events($plan, $interval, $source) as events
    join shown on events.day between shown.first_day and shown.last_day
    group by events.member

),

there as (

    select
        held.member,
        held.mrr,
        held.started_on < shown.first_day and (held.ended_on is null or held.ended_on >= shown.first_day) as at_start,
        held.started_on <= shown.last_day and (held.ended_on is null or held.ended_on > shown.last_day) as at_end
    from chosen_stints($plan, $interval, $source) as held
    cross join shown

),

listed as (

    select
        member,
        mrr_movement(held, chosen_held, step, chosen_step, chosen_amount, first_spell) as movement,
        chosen_amount as mrr_change
    from moved
    union all
    select member, 'start' as movement, mrr as mrr_change from there where at_start
    union all
    select member, 'end' as movement, mrr as mrr_change from there where at_end

)

select
    listed.member,
    shown_name(people.called, listed.member, $masked) as name,
    listed.movement,
    listed.mrr_change
from listed
join people on people.member = listed.member
where listed.movement is not null and ($key is null or listed.movement = $key[1])
order by abs(listed.mrr_change) desc, listed.member, listed.movement, listed.mrr_change;
