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
from (
    select
        periods.*,
        row_number() over (
            order by
                case when chosen_period between periods.period_start and periods.last_day then 0 else 1 end,
                case
                    when (chosen_first is null or periods.counted_until >= chosen_first)
                        and (chosen_last is null or periods.period_start <= chosen_last) then 0 else 1
                end,
                case when periods.state = 'settled' then 0 else 1 end,
                periods.period_start desc
        ) as place
    from periods_of(chosen_grain) as periods
) as ranked
where place = 1;

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

came as (

    select
        period_of(started_on, chosen_grain) as period_start,
        sum(case when spell_number = 1 then 1 else 0 end) as joined,
        sum(case when spell_number > 1 then 1 else 0 end) as returned
    from chosen_stints(chosen_plan, chosen_interval, chosen_source)
    where stint_number = 1
    group by period_of(started_on, chosen_grain)

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

due as (

    select
        period_of(due_on, chosen_grain) as period_start,
        count(*) as due,
        sum(case when ended and is_chosen(chosen_cause, cause) then 1 else 0 end) as not_renewed
    from renewals
    where is_chosen(chosen_plan, plan) and is_chosen(chosen_interval, interval) and is_chosen(chosen_source, source)
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
    cast(coalesce(came.joined, 0) as bigint) as joined,
    cast(coalesce(came.returned, 0) as bigint) as returned,
    cast(coalesce(by_day.member_days, 0) as bigint) as member_days,
    by_day.daily_sum,
    case when known.requests > 0 then coalesce(asked.asked, 0) end as asked,
    coalesce(due.due, 0) as due,
    cast(coalesce(due.not_renewed, 0) as bigint) as not_renewed
from periods_of(chosen_grain) as periods
cross join (select count(*) as requests from requests) as known
left join by_day on by_day.period_start = periods.period_start
left join came on came.period_start = periods.period_start
left join churned on churned.period_start = periods.period_start
left join asked on asked.period_start = periods.period_start
left join due on due.period_start = periods.period_start;

-- Every definition in every period: one row each, in a fixed order.
create macro churn_by_definition(chosen_grain, chosen_plan, chosen_interval, chosen_cause, chosen_source) as table
with

defined as (

    select
        counted.*,
        names.place,
        names.definition,
        case names.definition
            when 'member_churn' then churned
            when 'cancel_requests' then asked
            when 'net_churn' then left_in_all - returned
            when 'renewal_churn' then not_renewed
            else left_in_all
        end as numerator,
        cast(case names.definition
            when 'churn_with_newcomers' then active + joined
            when 'daily_sum_churn' then case when daily_sum > 0 then left_in_all / daily_sum else active end
            when 'churn_hazard' then member_days / 30.0
            when 'renewal_churn' then due
            else active
        end as double) as denominator,
        case names.definition
            when 'member_churn' then member_churn(churned, active)
            when 'churn_events' then churn_events(left_in_all, active)
            when 'churn_with_newcomers' then churn_with_newcomers(left_in_all, active, joined)
            when 'daily_sum_churn' then case when active > 0 or daily_sum > 0 then coalesce(daily_sum, 0) end
            when 'churn_hazard' then churn_hazard(left_in_all, member_days)
            when 'cancel_requests' then cancel_requests(asked, active)
            when 'net_churn' then net_churn(left_in_all, returned, active)
            when 'renewal_churn' then renewal_churn(not_renewed, due)
        end as value
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

shown as (

    select period_start, counted_until
    from period_shown(chosen_period, chosen_grain, chosen_first, chosen_last)

),

of_start as (

    select spell_id, back
    from leavers_from_start(
        chosen_grain, chosen_plan, chosen_interval, chosen_cause, chosen_source,
        (select period_start from shown), (select counted_until from shown)
    )

),

of_end as (

    select leavers.spell_id
    from chosen_leavers(chosen_plan, chosen_interval, chosen_cause, chosen_source) as leavers
    join shown on leavers.left_on between shown.period_start and shown.counted_until

),

asked as (

    select requests.member, min(requests.requested_on) as requested_on, max(requests.left_on) as left_on
    from requests
    join shown on requests.requested_on between shown.period_start and shown.counted_until
    where is_chosen(chosen_plan, requests.plan) and is_chosen(chosen_interval, requests.interval)
        and is_chosen(chosen_source, requests.source)
    group by requests.member

),

due as (

    select
        renewals.member,
        renewals.spell_id,
        renewals.due_on,
        case when renewals.left_on <= shown.counted_until then 'switched_then_left' else 'not_renewed_left_later' end as kind
    from renewals
    join shown on renewals.due_on between shown.period_start and shown.counted_until
    where renewals.ended and is_chosen(chosen_plan, renewals.plan) and is_chosen(chosen_interval, renewals.interval)
        and is_chosen(chosen_source, renewals.source) and is_chosen(chosen_cause, renewals.cause)

),

asked_before as (

    select requests.spell_id, max(requests.requested_on) as requested_on
    from requests
    join shown on requests.requested_on < shown.period_start
    group by requests.spell_id

),

due_before as (

    select renewals.spell_id, max(renewals.due_on) as due_on
    from renewals
    join shown on renewals.due_on < shown.period_start
    where renewals.ended
    group by renewals.spell_id

),

leaving as (

    select
        leavers.member,
        leavers.spell_id,
        leavers.left_on,
        leavers.interval,
        case when of_start.back is not null and not of_start.back then 1 else 0 end as churned,
        case when of_end.spell_id is null then 0 else 1 end as ended,
        case
            when of_start.back then 'back_by_end'
            when of_start.back is not null and of_end.spell_id is not null then 'left'
            when leavers.started_on < shown.period_start then 'switched_then_left'
            when leavers.spell_number = 1 then 'joined_and_left'
            when lag(leavers.left_on) over in_order >= shown.period_start then 'left_again'
            else 'returned_and_left'
        end as kind,
        row_number() over in_order as nth
    from leavers
    join shown on leavers.left_on between shown.period_start and shown.counted_until
    left join of_start on of_start.spell_id = leavers.spell_id
    left join of_end on of_end.spell_id = leavers.spell_id
    where of_start.spell_id is not null or of_end.spell_id is not null
    window in_order as (partition by leavers.member order by leavers.left_on, leavers.spell_number)

)

select
    leaving.member,
    'leaving' as event,
    leaving.left_on as day,
    leaving.kind,
    case when asked_before.spell_id is null then 'left_unasked' else 'asked_before' end as kind_by_request,
    case
        when due_before.spell_id is not null then 'due_before'
        when term_group(leaving.interval) = 'long' then 'mid_term'
        else 'short_term'
    end as kind_by_term,
    leaving.churned,
    leaving.ended,
    case when asked.member is null then 0 else 1 end as asked,
    case when due.spell_id is null then 0 else 1 end as not_renewed,
    0 as returned
from leaving
left join asked on asked.member = leaving.member and leaving.nth = 1
left join due on due.spell_id = leaving.spell_id
left join asked_before on asked_before.spell_id = leaving.spell_id
left join due_before on due_before.spell_id = leaving.spell_id
union all
select member, 'request', requested_on, case when left_on is null then 'asked_still_here' else 'asked_left_later' end,
    null, null, 0, 0, 1, 0, 0
from asked
where member not in (select member from leaving)
union all
select member, 'renewal', due_on, kind, null, null, 0, 0, 0, 1, 0
from due
where spell_id not in (select spell_id from leaving)
union all
select stints.member, 'return', stints.started_on, 'returned', null, null, 0, 0, 0, 0, 1
from chosen_stints(chosen_plan, chosen_interval, chosen_source) as stints
join shown on stints.started_on between shown.period_start and shown.counted_until
where stints.stint_number = 1 and stints.spell_number > 1;

-- How often an event counts in the numerator of a definition; a return takes away from net churn.
create macro counts_in(definition, churned, ended, asked, not_renewed, returned) as case definition
    when 'member_churn' then churned
    when 'net_churn' then ended - returned
    when 'cancel_requests' then asked
    when 'renewal_churn' then not_renewed
    else ended
end;

-- The events that make the difference between two definitions, with the kind that tells why.
create macro definition_differences(
    one, other, chosen_period, chosen_grain, chosen_plan, chosen_interval, chosen_cause, chosen_source, chosen_first, chosen_last
) as table
with

weighed as (

    select
        *,
        counts_in(one, churned, ended, asked, not_renewed, returned) as in_one,
        counts_in(other, churned, ended, asked, not_renewed, returned) as in_other
    from definition_events(
        chosen_period, chosen_grain, chosen_plan, chosen_interval, chosen_cause, chosen_source, chosen_first, chosen_last
    )

)

select
    member,
    event,
    day,
    case
        when event = 'leaving' and 'renewal_churn' in (one, other) and not_renewed = 0 then kind_by_term
        when event = 'leaving' and 'cancel_requests' in (one, other) and asked = 0 then kind_by_request
        else kind
    end as kind,
    in_one,
    in_other
from weighed
where in_one <> in_other;
