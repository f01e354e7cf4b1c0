-- churn_by_term for all members by month, written for exactly this.
with

moves as (

    select cast(date_trunc('month', day) as date) as period_start, term_group(interval) as term, sum(step) as step
    from (
        select started_on as day, interval, count(*) as step from stints group by started_on, interval
        union all
        select ended_on, interval, -count(*) from stints where ended_on is not null group by ended_on, interval
    ) as days
    group by cast(date_trunc('month', day) as date), term_group(interval)

),

calendar as (

    select
        months.period_start,
        terms.term,
        coalesce(sum(moves.step) over (
            partition by terms.term order by months.period_start rows between unbounded preceding and 1 preceding
        ), 0) as active
    from (select distinct period_start from moves) as months
    cross join (select distinct term from moves) as terms
    left join moves on moves.period_start = months.period_start and moves.term = terms.term

),

gone as (

    select
        spell_id,
        member,
        interval,
        stint_started_on,
        left_on,
        returned_on,
        cast(date_trunc('month', left_on) as date) as period_start
    from leavers
    where started_on < date_trunc('month', left_on)

),

held as (

    select spell_id, period_start, interval from gone where stint_started_on < period_start
    union all
    select gone.spell_id, gone.period_start, stints.interval
    from gone
    join stints
        on stints.spell_id = gone.spell_id and stints.started_on < gone.period_start and stints.ended_on >= gone.period_start
    where gone.stint_started_on >= gone.period_start

),

back as (

    select distinct gone.spell_id
    from gone
    cross join settings
    join spells on spells.member = gone.member and spells.started_on > gone.left_on
    where gone.returned_on <= least(last_day(gone.left_on), settings.as_of)
        and spells.started_on <= least(last_day(gone.left_on), settings.as_of)
        and coalesce(spells.ended_on > least(last_day(gone.left_on), settings.as_of), true)

),

lost as (

    select period_start, term_group(interval) as term, count(*) as churned
    from held
    where spell_id not in (select spell_id from back)
    group by period_start, term_group(interval)

)

select
    calendar.period_start,
    least(last_day(calendar.period_start), settings.as_of) as last_day,
    calendar.term,
    cast(calendar.active as bigint) as active,
    coalesce(lost.churned, 0) as churned,
    coalesce(lost.churned, 0) / nullif(cast(calendar.active as double), 0) as churn_rate,
    wilson_low(coalesce(lost.churned, 0), calendar.active) as low,
    wilson_high(coalesce(lost.churned, 0), calendar.active) as high
from calendar
cross join settings
left join lost on lost.period_start = calendar.period_start and lost.term = calendar.term
order by calendar.period_start, case calendar.term when 'short' then 1 when 'long' then 2 else 3 end
