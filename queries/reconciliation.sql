-- Does start + new + returned − left = end hold for every period, and do days add up to years?
--
-- One row per length of period. Members at the start and end are counted from stints, those who came and left from
-- spells: two ways that must agree.
--
--   grain            day, week, month, quarter or year
--   periods          periods of that length
--   active_at_start  members before the first of them
--   joined           first spells that began
--   returned         second and later spells that began
--   left_in_all      spells that ended
--   active_at_end    members on the last day
--   unexplained      members by whom the periods do not add up, in all
--   first_off        first period that does not add up; null where all do
--
-- Parameters: none

with

days as (

    select period_start as day
    from periods_of('day')

),

grains as (

    select unnest(['day', 'week', 'month', 'quarter', 'year']) as grain

),

flows as (

    select
        day,
        sum(joined) as joined,
        sum(returned) as returned,
        sum(left_in_all) as left_in_all
    from (
        select
            started_on as day,
            case when spell_number = 1 then 1 else 0 end as joined,
            case when spell_number > 1 then 1 else 0 end as returned,
            0 as left_in_all
        from spells
        union all
        select left_on, 0, 0, 1
        from leavers
    ) as movements
    group by day

),

before as (

    select coalesce(sum(started - ended), 0) as active
    from daily_movements(null, null, null)
    where day < (select min(day) from days)

),

held as (

    select
        days.day,
        sum(coalesce(changes.change, 0)) over (order by days.day rows between unbounded preceding and current row)
            + before.active as active
    from days
    cross join before
    left join (
        select day, sum(started - ended) as change
        from daily_movements(null, null, null)
        group by day
    ) as changes on changes.day = days.day

),

stocked as (

    select
        grains.grain,
        period_of(held.day, grains.grain) as period_start,
        max_by(held.active, held.day) as active_at_end
    from held
    cross join grains
    group by grains.grain, period_of(held.day, grains.grain)

),

moved as (

    select
        grains.grain,
        period_of(flows.day, grains.grain) as period_start,
        sum(flows.joined) as joined,
        sum(flows.returned) as returned,
        sum(flows.left_in_all) as left_in_all
    from flows
    cross join grains
    where flows.day >= (select min(day) from days)
    group by grains.grain, period_of(flows.day, grains.grain)

),

checked as (

    select
        stocked.grain,
        stocked.period_start,
        coalesce(
            lag(stocked.active_at_end) over (partition by stocked.grain order by stocked.period_start), before.active
        ) as active_at_start,
        coalesce(moved.joined, 0) as joined,
        coalesce(moved.returned, 0) as returned,
        coalesce(moved.left_in_all, 0) as left_in_all,
        stocked.active_at_end
    from stocked
    cross join before
    left join moved on moved.grain = stocked.grain and moved.period_start = stocked.period_start

)

select
    grain,
    count(*) as periods,
    cast(min_by(active_at_start, period_start) as bigint) as active_at_start,
    cast(sum(joined) as bigint) as joined,
    cast(sum(returned) as bigint) as returned,
    cast(sum(left_in_all) as bigint) as left_in_all,
    cast(max_by(active_at_end, period_start) as bigint) as active_at_end,
    cast(sum(abs(active_at_start + joined + returned - left_in_all - active_at_end)) as bigint) as unexplained,
    min(case when active_at_start + joined + returned - left_in_all <> active_at_end then period_start end) as first_off
from checked
group by grain
order by case grain when 'day' then 1 when 'week' then 2 when 'month' then 3 when 'quarter' then 4 else 5 end;
