-- Of all who join, how many leave for each reason within so many days?
--
-- One row per reason and span, most frequent first. Cumulative incidence (Aalen–Johansen) over spells, each reason a cause of
-- its own; several reasons of one leaving share it equally, so that all causes add up to one minus survival.
--
--   reason            code of the reason; no_answer: left without naming one
--   within_days       the span; only spans that ten or more were observed for
--   at_risk           members still there and observed at its end
--   left_so           leavers within the span who named it
--   incidence         share of all who join that has left for it by then
--   low               lower end of its 95 % log-log interval
--   high              upper end of its 95 % log-log interval
--   share_of_leavers  the other reading: its share of those who left within the span
--
-- Parameters: $plan, $interval, $source

with

followed as (

    select spell_id, ended, entered, seen_until
    from followed_spells($plan, $interval, $source, 'none')

),

leaving as (

    select
        followed.seen_until as day,
        named.reason,
        ordered_sum(named.weight) as weight,
        count(*) as named
    from followed
    join leaving_reasons() as named on named.spell_id = followed.spell_id
    where followed.ended
    group by followed.seen_until, named.reason

),

steps as (

    select entered as day, count(*) as came, 0 as went, 0 as ended
    from followed
    group by entered
    union all
    select
        seen_until as day,
        0 as came,
        count(*) as went,
        sum(case when ended then 1 else 0 end) as ended
    from followed
    group by seen_until

),

days as (

    select day, sum(came) as came, sum(went) as went, sum(ended) as ended
    from steps
    group by day

),

at_risk as (

    select
        day,
        ended,
        sum(came - went) over (order by day rows between unbounded preceding and current row) - came + went as at_risk,
        sum(came - went) over (order by day rows between unbounded preceding and current row) as remaining
    from days

),

surviving as (

    select
        day,
        ended,
        at_risk,
        remaining,
        coalesce(exp(sum(case when ended < at_risk then ln(1 - share(ended, at_risk)) else 0 end) over before), 1)
            * case when max(case when ended > 0 and ended = at_risk then 1 else 0 end) over before = 1 then 0 else 1 end
            as survival_before,
        case when ended > 0 and ended < at_risk then cast(ended as double) / at_risk / (at_risk - ended) else 0 end as spread
    from at_risk
    where at_risk > 0
    window before as (order by day rows between unbounded preceding and 1 preceding)

),

spans as (

    select
        spans.within_days,
        min(surviving.remaining) as at_risk
    from (select unnest([90, 365, 730]) as within_days) as spans
    join (
        select spans.within_days, max(surviving.day) as day
        from (select unnest([90, 365, 730]) as within_days) as spans
        join surviving on surviving.day <= spans.within_days
        group by spans.within_days
    ) as ends on ends.within_days = spans.within_days
    join surviving on surviving.day = ends.day
    group by spans.within_days

),

rising as (

    select
        reasons.reason,
        surviving.day,
        surviving.spread,
        surviving.survival_before,
        surviving.at_risk,
        coalesce(leaving.weight, 0) as weight,
        coalesce(leaving.named, 0) as named,
        surviving.survival_before * share(coalesce(leaving.weight, 0), surviving.at_risk) as step,
        sum(surviving.survival_before * share(coalesce(leaving.weight, 0), surviving.at_risk)) over (
            partition by reasons.reason order by surviving.day rows between unbounded preceding and current row
        ) as incidence
    from surviving
    cross join (select distinct reason from leaving) as reasons
    left join leaving on leaving.day = surviving.day and leaving.reason = reasons.reason
    where surviving.ended > 0 and surviving.day <= 730

),

summed as (

    select
        rising.reason,
        spans.within_days,
        min(spans.at_risk) as at_risk,
        sum(rising.named) as left_so,
        ordered_sum(rising.weight) as weight,
        ordered_sum(rising.step) as incidence,
        ordered_sum(rising.spread) as spread,
        ordered_sum(rising.incidence * rising.spread) as spread_one,
        ordered_sum(rising.incidence * rising.incidence * rising.spread) as spread_two,
        ordered_sum(
            pow(rising.survival_before, 2) * rising.weight * (rising.at_risk - rising.weight) / pow(rising.at_risk, 3)
        ) as own,
        ordered_sum(rising.survival_before * rising.weight / pow(rising.at_risk, 2)) as both_one,
        ordered_sum(rising.incidence * rising.survival_before * rising.weight / pow(rising.at_risk, 2)) as both_two
    from rising
    join spans on rising.day <= spans.within_days
    where spans.at_risk >= 10
    group by rising.reason, spans.within_days

),

spreading as (

    select
        *,
        sqrt(greatest(0,
            incidence * incidence * spread - 2 * incidence * spread_one + spread_two + own
            - 2 * (incidence * both_one - both_two)
        )) / nullif(incidence * abs(ln(nullif(incidence, 0))), 0) as relative_error
    from summed

)

select
    reason,
    within_days,
    cast(at_risk as bigint) as at_risk,
    cast(left_so as bigint) as left_so,
    incidence,
    pow(incidence, exp(1.959963984540054 * relative_error)) as low,
    pow(incidence, exp(-1.959963984540054 * relative_error)) as high,
    share(weight, sum(weight order by weight) over (partition by within_days)) as share_of_leavers
from spreading
where left_so > 0
order by within_days, case when reason = 'no_answer' then 1 else 0 end, incidence desc, reason;
