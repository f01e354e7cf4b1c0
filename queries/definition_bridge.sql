-- What lies between two definitions of churn in the same period?
--
-- One row per step, in order: the one definition, what the other counts more or less, its other denominator, the other
-- definition. The steps add up exactly.
--
--   step          one, events, denominator or other
--   definition    the definition, at both ends
--   kind          of the events that make the difference
--   counted       what the definition counts at both ends; between them how much more (or less) the other counts
--   denominator   what the definition divides by, at both ends
--   value         the rate at both ends, between them its change
--   level         the rate after this step
--   period_start  first day of the period
--   last_day      its last day, or as_of where the data ends earlier
--   state         running, settling or settled
--
-- Parameters: $definition, $against, $period, $first_day, $last_day, $grain, $plan, $interval, $cause, $source

with

shown as (

    select period_start, counted_until, state
    from period_shown($period, $grain, $first_day, $last_day)

),

valued as (

    select
        churn.definition,
        churn.numerator,
        churn.denominator,
        churn.value,
        case when churn.numerator <> 0 then churn.numerator / nullif(churn.value, 0) else churn.denominator end as divisor
    from churn_by_definition($grain, $plan, $interval, $cause, $source) as churn
    join shown on shown.period_start = churn.period_start
    where churn.definition in ($definition, $against)

),

ends as (

    select
        max(case when definition = $definition then numerator end) as one_numerator,
        max(case when definition = $definition then denominator end) as one_denominator,
        max(case when definition = $definition then value end) as one_value,
        max(case when definition = $definition then divisor end) as divisor,
        max(case when definition = $against then numerator end) as other_numerator,
        max(case when definition = $against then denominator end) as other_denominator,
        max(case when definition = $against then value end) as other_value
    from valued
    having max(case when definition = $definition then value end) is not null
        and max(case when definition = $against then value end) is not null
        and max(case when definition = $definition then divisor end) > 0

),

kinds as (

    select kind, sum(in_other - in_one) as counted
    from definition_differences(
        $definition, $against, $period, $grain, $plan, $interval, $cause, $source, $first_day, $last_day
    )
    group by kind

),

steps as (

    select 1 as place, 'one' as step, $definition as definition, null as kind, one_numerator as counted,
        one_denominator as denominator, one_value as value
    from ends
    union all
    select 2, 'events', null, kinds.kind, kinds.counted, null, kinds.counted / ends.divisor
    from kinds
    cross join ends
    union all
    select 3, 'denominator', null, null, null, null, other_value - other_numerator / divisor
    from ends
    where abs(other_value - other_numerator / divisor) > 1e-12
    union all
    select 4, 'other', $against, null, other_numerator, other_denominator, other_value
    from ends

)

select
    steps.step,
    cast(steps.definition as varchar) as definition,
    cast(steps.kind as varchar) as kind,
    cast(steps.counted as bigint) as counted,
    steps.denominator,
    steps.value,
    case
        when steps.place = 4 then steps.value
        else sum(steps.value) over (
            order by steps.place, abs(steps.counted) desc, steps.kind rows between unbounded preceding and current row
        )
    end as level,
    shown.period_start,
    shown.counted_until as last_day,
    shown.state
from steps
cross join shown
order by steps.place, abs(steps.counted) desc, steps.kind;
