-- Do members on monthly and shorter plans leave at another rate than those on long ones?
--
-- One row per period and term, oldest first. The members of all terms add up to those of member churn.
--
--   period_start  first day of the period
--   last_day      its last day, or as_of where the data ends earlier
--   term          short (under six months), long (six months or more) or not_told
--   state         running, settling or settled
--   settles_on    day from which the number no longer moves
--   active        members of that term on the day before its first day
--   churned       those of them who were no longer members on its last day
--   churn_rate    churned per active
--   low           lower end of its 95 % Wilson interval
--   high          upper end of its 95 % Wilson interval
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $cause, $source

with

balances as (

    select
        period_of(day, $grain) as period_start,
        term,
        sum(step) as step
    from (
        select started_on as day, term_group(interval) as term, 1 as step
        from chosen_stints($plan, $interval, $source)
        union all
        select ended_on as day, term_group(interval) as term, -1 as step
        from chosen_stints($plan, $interval, $source)
        where ended_on is not null
    ) as events
    group by period_of(day, $grain), term

),

periods as (

    select period_start, counted_until, state, settles_on from periods_of($grain)
    union all
    select distinct period_start, cast(null as date), cast(null as varchar), cast(null as date) from balances
    where period_start not in (select period_start from periods_of($grain))

),

started as (

    select
        periods.period_start,
        periods.counted_until,
        periods.state,
        periods.settles_on,
        terms.term,
        coalesce(sum(balances.step) over (
            partition by terms.term order by periods.period_start rows between unbounded preceding and 1 preceding
        ), 0) as active
    from periods
    cross join (select distinct term from balances) as terms
    left join balances on balances.period_start = periods.period_start and balances.term = terms.term

),

churned as (

    select period_start, term_group(interval) as term, count(*) as churned
    from leavers_from_start($grain, $plan, $interval, $cause, $source, null, null)
    where not back
    group by period_start, term_group(interval)

)

select
    started.period_start,
    started.counted_until as last_day,
    started.term,
    started.state,
    started.settles_on,
    cast(started.active as bigint) as active,
    coalesce(churned.churned, 0) as churned,
    member_churn(coalesce(churned.churned, 0), started.active) as churn_rate,
    wilson_low(coalesce(churned.churned, 0), started.active) as low,
    wilson_high(coalesce(churned.churned, 0), started.active) as high
from started
left join churned on churned.period_start = started.period_start and churned.term = started.term
where started.state is not null
    and ($first_day is null or started.counted_until >= $first_day)
    and ($last_day is null or started.period_start <= $last_day)
order by started.period_start, case started.term when 'short' then 1 when 'long' then 2 else 3 end;
