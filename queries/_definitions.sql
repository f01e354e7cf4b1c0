-- Which churn do you mean: every definition over the same data, and what lies between two of them.

-- Every start (+1) and every end (−1) of a stint with its monthly amount; an end knows since when the stint was held.
create macro stint_events(chosen_plan, chosen_interval, chosen_source) as table
with

marked as (

    select
        member,
        spell_number,
        stint_number,
        started_on,
        ended_on,
        mrr,
        case
            when is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval) and is_chosen(chosen_source, source)
                then 1 else 0
        end as chosen
    from stints

)

select member, spell_number, stint_number, started_on as day, 1 as step, mrr as amount, chosen, cast(null as date) as held_since
from marked
union all
select member, spell_number, stint_number, ended_on as day, -1 as step, -mrr as amount, chosen, started_on as held_since
from marked
where ended_on is not null;

-- What happened to one member's monthly amount between the start and the end of a period; within the chosen segment.
-- Steps are sums of starts and ends: −1 gone, +1 come, 0 the same as before.
create macro mrr_movement(held, chosen_held, step, chosen_step, chosen_amount, first_spell) as case
    when chosen_step = -1 and step = -1 then 'lost'
    when chosen_step = -1 then 'switched_out'
    when chosen_step = 1 and held = 1 then 'switched_in'
    when chosen_step = 1 and first_spell > 1 then 'returned'
    when chosen_step = 1 then 'new'
    when chosen_held = 1 and chosen_amount > 0.000001 then 'expansion'
    when chosen_held = 1 and chosen_amount < -0.000001 then 'contraction'
end;

-- The period to show: the one that a day lies in, else the newest settled one of the chosen range, else the newest.
create macro period_shown(chosen_period, chosen_grain, chosen_first, chosen_last) as table
select
    period_start,
    counted_until,
    state,
    settles_on
from all_periods
where grain = chosen_grain
order by
    case when chosen_period between period_start and last_day then 0 else 1 end,
    case
        when (chosen_first is null or counted_until >= chosen_first) and (chosen_last is null or period_start <= chosen_last)
            then 0 else 1
    end,
    case when state = 'settled' then 0 else 1 end,
    period_start desc
limit 1;

-- Members of the chosen segment day by day: at the start of the day, on it, and ends of the day.
create macro daily_members(chosen_plan, chosen_interval, chosen_cause, chosen_source) as table
with

moved as (

    select day, sum(started) - sum(ended) as balance, 0 as gone
    from daily_movements(chosen_plan, chosen_interval, chosen_source)
    group by day
    union all
    select left_on as day, 0 as balance, count(*) as gone
    from chosen_leavers(chosen_plan, chosen_interval, chosen_cause, chosen_source)
    group by left_on

),

summed as (

    select day, sum(balance) as balance, sum(gone) as gone
    from moved
    group by day

),

calendar as (

    select cast(unnest(generate_series(first_day, as_of, interval 1 day)) as date) as day
    from (
        select least(min(spells.started_on), max(settings.as_of)) as first_day, max(settings.as_of) as as_of
        from settings
        left join spells on spells.started_on <= settings.as_of
    ) as extent

),

running as (

    select
        calendar.day,
        coalesce(sum(summed.balance) over (order by calendar.day rows between unbounded preceding and current row), 0) as on_it,
        coalesce(summed.balance, 0) as balance,
        coalesce(summed.gone, 0) as gone
    from calendar
    left join summed on summed.day = calendar.day

)

select
    day,
    on_it - balance as at_start,
    on_it,
    gone
from running;

-- What the definitions count, period by period: one row per period.
create macro counted_by_period(chosen_grain, chosen_plan, chosen_interval, chosen_cause, chosen_source) as table
with

by_day as (

    select
        period_of(day, chosen_grain) as period_start,
        min_by(at_start, day) as active,
        sum(on_it) as member_days,
        sum(gone) as left_in_all,
        daily_sum_churn(gone, at_start) as daily_sum
    from daily_members(chosen_plan, chosen_interval, chosen_cause, chosen_source)
    group by period_of(day, chosen_grain)

),

moved as (

    select
        period_of(day, chosen_grain) as period_start,
        sum(joined) as joined,
        sum(returned) as returned,
        sum(due) as due
    from daily_movements(chosen_plan, chosen_interval, chosen_source)
    group by period_of(day, chosen_grain)

),

churned as (

    select period_start, sum(lost) as churned
    from chosen_losses(chosen_grain, chosen_plan, chosen_interval, chosen_cause, chosen_source)
    group by period_start

),

asked as (

    select period_of(requested_on, chosen_grain) as period_start, count(distinct member) as asked
    from requests
    where is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval) and is_chosen(chosen_source, source)
    group by period_of(requested_on, chosen_grain)

),

not_renewed as (

    select period_of(due_on, chosen_grain) as period_start, count(*) as not_renewed
    from renewals
    where ended and is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval)
        and is_chosen(chosen_source, source) and is_chosen(chosen_cause, cause)
    group by period_of(due_on, chosen_grain)

)

select
    periods.period_start,
    periods.counted_until,
    periods.state,
    periods.settles_on,
    cast(coalesce(by_day.active, 0) as bigint) as active,
    cast(coalesce(churned.churned, 0) as bigint) as churned,
    cast(coalesce(by_day.left_in_all, 0) as bigint) as left_in_all,
    cast(coalesce(moved.joined, 0) as bigint) as joined,
    cast(coalesce(moved.returned, 0) as bigint) as returned,
    cast(coalesce(by_day.member_days, 0) as bigint) as member_days,
    by_day.daily_sum,
    case when known.requests > 0 then coalesce(asked.asked, 0) end as asked,
    cast(coalesce(moved.due, 0) as bigint) as due,
    coalesce(not_renewed.not_renewed, 0) as not_renewed
from periods_of(chosen_grain) as periods
cross join (select count(*) as requests from requests) as known
left join by_day on by_day.period_start = periods.period_start
left join moved on moved.period_start = periods.period_start
left join churned on churned.period_start = periods.period_start
left join asked on asked.period_start = periods.period_start
left join not_renewed on not_renewed.period_start = periods.period_start;

-- What a definition counts; the same of one event says how often it counts there.
create macro counts_in(definition, churned, left_in_all, asked, not_renewed, returned) as case definition
    when 'member_churn' then churned
    when 'net_churn' then left_in_all - returned
    when 'cancel_requests' then asked
    when 'renewal_churn' then not_renewed
    else left_in_all
end;

-- What a definition divides by; for the daily sum the average that makes it true.
create macro divides_by(definition, left_in_all, active, joined, member_days, daily_sum, due) as cast(case definition
    when 'churn_with_newcomers' then active + joined
    when 'daily_sum_churn' then case when daily_sum > 0 then left_in_all / daily_sum else active end
    when 'churn_hazard' then member_days / 30.0
    when 'renewal_churn' then due
    else active
end as double);

-- What a definition says.
create macro rate_by(
    definition, churned, left_in_all, asked, not_renewed, returned, active, joined, member_days, daily_sum, due
) as case definition
    when 'member_churn' then member_churn(churned, active)
    when 'churn_events' then churn_events(left_in_all, active)
    when 'churn_with_newcomers' then churn_with_newcomers(left_in_all, active, joined)
    when 'daily_sum_churn' then case when active > 0 or daily_sum > 0 then coalesce(daily_sum, 0) end
    when 'churn_hazard' then churn_hazard(left_in_all, member_days)
    when 'cancel_requests' then cancel_requests(asked, active)
    when 'net_churn' then net_churn(left_in_all, returned, active)
    when 'renewal_churn' then renewal_churn(not_renewed, due)
end;

-- Every definition in every period: one row each, in a fixed order.
create macro churn_by_definition(chosen_grain, chosen_plan, chosen_interval, chosen_cause, chosen_source) as table
with

defined as (

    select
        counted.*,
        names.place,
        names.definition,
        counts_in(names.definition, churned, left_in_all, asked, not_renewed, returned) as numerator,
        divides_by(names.definition, left_in_all, active, joined, member_days, daily_sum, due) as denominator,
        rate_by(
            names.definition, churned, left_in_all, asked, not_renewed, returned, active, joined, member_days, daily_sum, due
        ) as value
    from counted_by_period(chosen_grain, chosen_plan, chosen_interval, chosen_cause, chosen_source) as counted
    cross join (
        values
        (1, 'member_churn'), (2, 'churn_events'), (3, 'churn_with_newcomers'), (4, 'daily_sum_churn'),
        (5, 'churn_hazard'), (6, 'cancel_requests'), (7, 'net_churn'), (8, 'renewal_churn')
    ) as names(place, definition)

)

select
    period_start,
    counted_until,
    case when definition = 'cancel_requests' and state = 'settling' then 'settled' else state end as state,
    case when definition = 'cancel_requests' then counted_until else settles_on end as settles_on,
    place,
    definition,
    numerator,
    denominator,
    value,
    case
        when value is null then null
        when definition in ('member_churn', 'renewal_churn') then wilson_low(numerator, denominator)
        when definition = 'net_churn' then value - sqrt(
            pow(left_in_all - events_low(left_in_all), 2) + pow(events_high(returned) - returned, 2)
        ) / active
        else events_low(numerator) / nullif(denominator, 0)
    end as low,
    case
        when value is null then null
        when definition in ('member_churn', 'renewal_churn') then wilson_high(numerator, denominator)
        when definition = 'net_churn' then value + sqrt(
            pow(events_high(left_in_all) - left_in_all, 2) + pow(returned - events_low(returned), 2)
        ) / active
        else events_high(numerator) / nullif(denominator, 0)
    end as high
from defined;

-- Everything that some definition counts in one period: one row per leaving, return, request or renewal, with its weight in
-- each numerator. A request or a renewal that belongs to a leaving of the period stands in that leaving's row.
create macro definition_events(chosen_period, chosen_grain, chosen_plan, chosen_interval, chosen_cause, chosen_source, chosen_first, chosen_last) as table
with

happened as (

    select
        events.*,
        shown.period_start,
        shown.counted_until,
        events.held_from < shown.period_start and events.held_until >= shown.period_start as held_at_start,
        back_by_end.spell_id is not null as back
    from events_by_day as events
    join period_shown(chosen_period, chosen_grain, chosen_first, chosen_last) as shown
        on events.day between shown.period_start and shown.counted_until
    left join back_by_end on back_by_end.spell_id = events.spell_id and back_by_end.grain = chosen_grain
    where is_chosen(chosen_plan, events.plan) and is_chosen(chosen_interval, events.interval)
        and is_chosen(chosen_source, events.source) and (events.cause is null or is_chosen(chosen_cause, events.cause))

),

-- a leaving with the renewal that did not come about, a member's requests together; requests come before leavings (2).
-- not_renewed is no sum of ones and zeros: DuckDB 2.0.1 takes that for zero wherever a filter asks for others
gathered as (

    select
        member,
        case event when 'request' then 1 when 'return' then 3 else 2 end as place,
        max(event = 'leaving') as leaving,
        min(case when event <> 'renewal' then day end) as happened_on,
        min(day) as day,
        max(left_on) as left_on,
        max(spell_number) as spell_number,
        max(started_on) as started_on,
        max(held_at_start) as of_start,
        max(held_at_end) as of_end,
        max(back) as back,
        max(on_long_term) as on_long_term,
        min(first_asked) as first_asked,
        min(first_due) as first_due,
        count(case when event = 'renewal' then 1 end) as not_renewed,
        max(period_start) as period_start,
        max(counted_until) as counted_until
    from happened
    where event <> 'leaving' or held_at_start or held_at_end
    group by
        member,
        case event when 'request' then 1 when 'return' then 3 else 2 end,
        case when event <> 'request' then spell_id end

),

-- what stands before and after it in the member's own order
ordered as (

    select
        *,
        case when lag(member) over in_order = member then lag(place) over in_order end as place_before,
        case when lead(member) over in_order = member then lead(leaving) over in_order end as leaves
    from gathered
    window in_order as (order by member, place, happened_on nulls last, spell_number)

)

select
    member,
    case when place = 1 then 'request' when place = 3 then 'return' when leaving then 'leaving' else 'renewal' end as event,
    coalesce(happened_on, day) as day,
    case
        when place = 1 then case when left_on is null then 'asked_still_here' else 'asked_left_later' end
        when place = 3 then 'returned'
        when not leaving then case when left_on <= counted_until then 'switched_then_left' else 'not_renewed_left_later' end
        when of_start and back then 'back_by_end'
        when of_start and of_end then 'left'
        when started_on < period_start then 'switched_then_left'
        when spell_number = 1 then 'joined_and_left'
        when place_before = 2 then 'left_again'
        else 'returned_and_left'
    end as kind,
    case when leaving then case when first_asked < period_start then 'asked_before' else 'left_unasked' end end
        as kind_by_request,
    case
        when not leaving then null
        when first_due < period_start then 'due_before'
        when on_long_term then 'mid_term'
        else 'short_term'
    end as kind_by_term,
    case when leaving and of_start and not back then 1 else 0 end as churned,
    case when leaving and of_end then 1 else 0 end as ended,
    case when place = 1 or (leaving and place_before = 1) then 1 else 0 end as asked,
    not_renewed,
    case when place = 3 then 1 else 0 end as returned
from ordered
where place <> 1 or leaves is null or not leaves;

-- The same with its weight in the numerators of two definitions, and the kind that tells why they differ.
create macro events_weighed(
    one, other, chosen_period, chosen_grain, chosen_plan, chosen_interval, chosen_cause, chosen_source, chosen_first, chosen_last
) as table
select
    *,
    case
        when event = 'leaving' and 'renewal_churn' in (one, other) and not_renewed = 0 then kind_by_term
        when event = 'leaving' and 'cancel_requests' in (one, other) and asked = 0 then kind_by_request
        else kind
    end as kind_between,
    counts_in(one, churned, ended, asked, not_renewed, returned) as in_one,
    counts_in(other, churned, ended, asked, not_renewed, returned) as in_other
from definition_events(
    chosen_period, chosen_grain, chosen_plan, chosen_interval, chosen_cause, chosen_source, chosen_first, chosen_last
);

-- The events that make the difference between two definitions.
create macro definition_differences(
    one, other, chosen_period, chosen_grain, chosen_plan, chosen_interval, chosen_cause, chosen_source, chosen_first, chosen_last
) as table
select
    member,
    event,
    day,
    kind_between as kind,
    in_one,
    in_other
from events_weighed(
    one, other, chosen_period, chosen_grain, chosen_plan, chosen_interval, chosen_cause, chosen_source, chosen_first, chosen_last
)
where in_one <> in_other;
