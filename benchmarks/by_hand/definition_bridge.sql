-- definition_bridge from member churn to churn events in the newest settled month, written for exactly this.
with

shown as (

    select
        cast(date_trunc('month', as_of + 1 - grace_days) - interval 1 month as date) as first_day,
        cast(date_trunc('month', as_of + 1 - grace_days) as date) - 1 as last_day
    from settings

),

gone as (

    select
        leavers.spell_id,
        leavers.member,
        leavers.started_on,
        leavers.spell_number,
        leavers.left_on,
        shown.first_day,
        shown.last_day,
        lag(leavers.left_on) over (partition by leavers.member order by leavers.left_on, leavers.spell_number) as left_before
    from leavers
    join shown on leavers.left_on between shown.first_day and shown.last_day

),

kinds as (

    select
        case
            when started_on < first_day and exists (
                select 1 from spells
                where spells.member = gone.member and spells.started_on > gone.left_on
                    and spells.started_on <= gone.last_day and coalesce(spells.ended_on > gone.last_day, true)
            ) then 'back_by_end'
            when started_on < first_day then 'left'
            when spell_number = 1 then 'joined_and_left'
            when left_before is not null then 'left_again'
            else 'returned_and_left'
        end as kind,
        count(*) as counted
    from gone
    group by 1

),

active as (

    select cast(count(*) as double) as active
    from spells
    join shown on spells.started_on < shown.first_day and coalesce(spells.ended_on >= shown.first_day, true)

),

steps as (

    select 1 as place, 'one' as step, 'member_churn' as definition, null as kind,
        sum(counted) filter (where kind = 'left') as counted
    from kinds
    union all
    select 2, 'events', null, kind, counted from kinds where kind <> 'left'
    union all
    select 3, 'other', 'churn_events', null, sum(counted) from kinds

)

select
    steps.step,
    steps.definition,
    steps.kind,
    steps.counted,
    case when steps.place <> 2 then active.active end as denominator,
    steps.counted / active.active as value,
    case
        when steps.place = 3 then steps.counted / active.active
        else sum(steps.counted) over (order by steps.place, steps.counted desc, steps.kind) / active.active
    end as level,
    shown.first_day as period_start,
    shown.last_day
from steps
cross join active
cross join shown
order by steps.place, steps.counted desc, steps.kind
