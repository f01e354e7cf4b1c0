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

tallied as materialized (

    select
        day,
        case when in_one <> in_other then kind_between end as kind,
        sum(in_other - in_one) as differing,
        sum(churned) as churned,
        sum(ended) as left_in_all,
        sum(asked) as asked,
        sum(not_renewed) as not_renewed,
        sum(returned) as returned
    from events_weighed(
        $definition, $against, $period, $grain, $plan, $interval, $cause, $source, $first_day, $last_day
    )
    group by day, case when in_one <> in_other then kind_between end

),

kinds as (

    select kind, sum(differing) as counted
    from tallied
    where kind is not null
    group by kind

),

-- what happened until the end of the period; all before it in one row
by_day as (

    select
        greatest(moved.day, shown.period_start - 1) as day,
        sum(moved.started - moved.ended) as balance,
        sum(case when moved.day >= shown.period_start then moved.joined else 0 end) as joined,
        sum(case when moved.day >= shown.period_start then moved.due else 0 end) as due,
        0 as churned,
        0 as left_in_all,
        0 as asked,
        0 as not_renewed,
        0 as returned
    from daily_movements($plan, $interval, $source) as moved
    join shown on moved.day <= shown.counted_until
    group by greatest(moved.day, shown.period_start - 1)
    union all
    select day, 0, 0, 0, churned, left_in_all, asked, not_renewed, returned
    from tallied

),

running as (

    select
        day,
        sum(balance) as balance,
        sum(sum(balance)) over (order by day rows between unbounded preceding and current row) - sum(balance) as at_start,
        sum(joined) as joined,
        sum(due) as due,
        sum(churned) as churned,
        sum(left_in_all) as left_in_all,
        sum(asked) as asked,
        sum(not_renewed) as not_renewed,
        sum(returned) as returned
    from by_day
    group by day

),

counted as (

    select
        coalesce(sum(case when running.day < shown.period_start then running.balance end), 0) as active,
        sum(running.balance * (shown.counted_until + 1 - greatest(running.day, shown.period_start))) as member_days,
        daily_sum_churn(running.left_in_all, running.at_start) as daily_sum,
        sum(running.joined) as joined,
        sum(running.due) as due,
        sum(running.churned) as churned,
        sum(running.left_in_all) as left_in_all,
        case when max(known.requests) > 0 then sum(running.asked) end as asked,
        sum(running.not_renewed) as not_renewed,
        sum(running.returned) as returned
    from running
    cross join shown
    cross join (select count(*) as requests from requests) as known

),

both_ends as (

    select
        counts_in($definition, churned, left_in_all, asked, not_renewed, returned) as one_numerator,
        divides_by($definition, left_in_all, active, joined, member_days, daily_sum, due) as one_denominator,
        rate_by(
            $definition, churned, left_in_all, asked, not_renewed, returned, active, joined, member_days, daily_sum, due
        ) as one_value,
        counts_in($against, churned, left_in_all, asked, not_renewed, returned) as other_numerator,
        divides_by($against, left_in_all, active, joined, member_days, daily_sum, due) as other_denominator,
        rate_by(
            $against, churned, left_in_all, asked, not_renewed, returned, active, joined, member_days, daily_sum, due
        ) as other_value
    from counted

),

divided as (

    select
        one_numerator,
        one_denominator,
        one_value,
        other_numerator,
        other_denominator,
        other_value,
        case when one_numerator <> 0 then one_numerator / nullif(one_value, 0) else one_denominator end as divisor
    from both_ends

),

-- nothing lies between two of which one has no value
ends as materialized (

    select one_numerator, one_denominator, one_value, other_numerator, other_denominator, other_value, divisor
    from divided
    where one_value is not null and other_value is not null and divisor > 0

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
