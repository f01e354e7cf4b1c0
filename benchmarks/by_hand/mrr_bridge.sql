-- mrr_bridge for all members in the newest settled month, written for exactly this.
with

shown as (

    select
        cast(date_trunc('month', as_of + 1 - grace_days) as date) - to_months(1) as first_day,
        cast(date_trunc('month', as_of + 1 - grace_days) as date) - 1 as last_day
    from settings

),

moved as (

    select
        member,
        sum(step) as step,
        sum(amount) as amount,
        max(held) as held,
        min(first_spell) as first_spell
    from (
        select stints.member, 1 as step, stints.mrr as amount, 0 as held, stints.spell_number as first_spell
        from stints
        join shown on stints.started_on between shown.first_day and shown.last_day
        union all
        select
            stints.member, -1, -stints.mrr, case when stints.started_on < shown.first_day then 1 else 0 end, null
        from stints
        join shown on stints.ended_on between shown.first_day and shown.last_day
    ) as events
    group by member

),

named as (

    select
        case
            when step = -1 then 'lost'
            when step = 1 and first_spell > 1 then 'returned'
            when step = 1 then 'new'
            when held = 1 and amount > 0.000001 then 'expansion'
            when held = 1 and amount < -0.000001 then 'contraction'
        end as movement,
        count(*) as members,
        sum(amount) as amount
    from moved
    group by 1

),

started as (

    select count(*) as members, sum(mrr) as amount
    from stints
    join shown on stints.started_on < shown.first_day and coalesce(stints.ended_on >= shown.first_day, true)

),

steps as (

    select 1 as place, 'start' as movement, members, amount from started
    union all
    select
        case movement when 'new' then 2 when 'returned' then 3 when 'expansion' then 5 when 'contraction' then 6 else 8 end,
        movement,
        members,
        amount
    from named
    where movement is not null
    union all
    select 9, 'end', started.members + moves.step, started.amount + moves.amount
    from started
    cross join (select sum(step) as step, sum(amount) as amount from moved) as moves

)

select
    movement,
    cast(members as bigint) as members,
    round(amount, 6) as amount,
    round(case
        when movement = 'end' then amount
        else sum(amount) over (order by place rows between unbounded preceding and current row)
    end, 6) as level
from steps
order by place
