-- How did the monthly amount get from the start of a period to its end?
--
-- One row per step, in order; the steps from start to end add up exactly. The period chosen, else the whole range chosen,
-- else the newest settled period. A member counts once, by what they pay at the start and at the end.
--
--   movement   start, new, returned, switched_in, expansion, contraction, switched_out, lost or end
--   members    members at the start or end, or members whose amount moved so
--   amount     monthly amount at the start or end, or the change
--   level      monthly amount after this step
--   first_day  first day of the window
--   last_day   its last day, or as_of where the data ends earlier
--   state      running, settling or settled
--
-- Parameters: $period, $first_day, $last_day, $grain, $plan, $interval, $source

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
        end as last_day,
        case
            when $period is null and ($first_day is not null or $last_day is not null)
                then period_state(coalesce($last_day, settings.as_of), settings.grace_days, settings.as_of)
            else period.state
        end as state
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

named as (

    select
        mrr_movement(held, chosen_held, step, chosen_step, chosen_amount, first_spell) as movement,
        count(*) as members,
        sum_of_amounts(chosen_amount) as amount
    from moved
    group by mrr_movement(held, chosen_held, step, chosen_step, chosen_amount, first_spell)

),

started as (

    select coalesce(sum(events.step), 0) as members, coalesce(sum_of_amounts(events.amount), 0) as amount
    from stint_events($plan, $interval, $source) as events
    join shown on events.day < shown.first_day
    where events.chosen = 1

),

steps as (

    select 1 as place, 'start' as movement, members, amount from started
    union all
    select
        order_of.place,
        order_of.movement,
        coalesce(named.members, 0),
        coalesce(named.amount, 0)
    from (
        select 2 as place, 'new' as movement
        union all select 3, 'returned'
        union all select 4, 'switched_in'
        union all select 5, 'expansion'
        union all select 6, 'contraction'
        union all select 7, 'switched_out'
        union all select 8, 'lost'
    ) as order_of
    left join named on named.movement = order_of.movement
    union all
    select 9, 'end', started.members + coalesce(ended.members, 0), started.amount + coalesce(ended.amount, 0)
    from started
    cross join (select sum(chosen_step) as members, sum_of_amounts(chosen_amount) as amount from moved) as ended

)

select
    steps.movement,
    cast(steps.members as bigint) as members,
    round(steps.amount, 6) as amount,
    round(case
        when steps.movement = 'end' then steps.amount
        else sum(steps.amount) over (order by steps.place rows between unbounded preceding and current row)
    end, 6) as level,
    shown.first_day,
    shown.last_day,
    shown.state
from steps
cross join shown
where steps.place in (1, 9) or steps.members > 0
order by steps.place;
