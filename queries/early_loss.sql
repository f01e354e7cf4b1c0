-- Of those who joined in a period, how many left on the same day, and how many by their first due day?
--
-- One row per period of joining and term, oldest first. First memberships only.
--
--   period_start       first day of the period of joining
--   last_day           its last day, or as_of where the data ends earlier
--   term               term of the first plan: short (under six months), long (six months or more) or not_told
--   state              running, settling or settled
--   settles_on         day from which no first renewal of these members is open any more, grace time included
--   joined             members who joined
--   zero_day           of these, left on the day of joining
--   observed           of these, those whose first due day has come; all of them where the term is not told
--   first_period       of the observed, left on or before their first due day, the same day included
--   zero_day_rate      zero_day per joined
--   first_period_rate  first_period per observed; none where nobody's due day has come or the term is not told
--   low                lower end of its 95 % Wilson interval
--   high               upper end of its 95 % Wilson interval
--   zero_day_low       lower end of the 95 % Wilson interval of zero_day_rate
--   zero_day_high      upper end of it
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $source

with

joined as (

    select
        firsts.spell_id,
        firsts.started_on,
        period_of(firsts.started_on, $grain) as period_start,
        term_group(firsts.interval) as term,
        cast(
            firsts.started_on
            + to_months(billing_months(cast(firsts.interval as varchar)))
            + to_days(billing_days(cast(firsts.interval as varchar))) as date
        ) as due_on
    from chosen_stints($plan, $interval, $source) as firsts
    where firsts.spell_number = 1 and firsts.stint_number = 1

),

followed as (

    select
        joined.period_start,
        joined.term,
        joined.due_on,
        case when spells.ended_on = joined.started_on then 1 else 0 end as zero_day,
        case when spells.ended_on <= joined.due_on and joined.due_on <= settings.as_of then 1 else 0 end as first_period,
        case when coalesce(joined.due_on <= settings.as_of, true) then 1 else 0 end as observed
    from joined
    join spells on spells.spell_id = joined.spell_id
    cross join settings

),

counted as (

    select
        period_start,
        term,
        count(*) as joined,
        sum(zero_day) as zero_day,
        sum(first_period) as first_period,
        sum(observed) as observed,
        max(due_on) as due_on
    from followed
    group by period_start, term

)

select
    periods.period_start,
    periods.counted_until as last_day,
    counted.term,
    case
        when periods.state = 'running' then 'running'
        when coalesce(greatest(counted.due_on, periods.last_day), periods.last_day) + settings.grace_days > settings.as_of
            then 'settling'
        else 'settled'
    end as state,
    coalesce(greatest(counted.due_on, periods.last_day), periods.last_day) + settings.grace_days as settles_on,
    counted.joined,
    cast(counted.zero_day as bigint) as zero_day,
    cast(counted.observed as bigint) as observed,
    cast(case when counted.due_on is not null and counted.observed > 0 then counted.first_period end as bigint) as first_period,
    zero_day_loss(counted.zero_day, counted.joined) as zero_day_rate,
    case when counted.due_on is not null then first_period_loss(counted.first_period, counted.observed) end as first_period_rate,
    case when counted.due_on is not null then wilson_low(counted.first_period, counted.observed) end as low,
    case when counted.due_on is not null then wilson_high(counted.first_period, counted.observed) end as high,
    wilson_low(counted.zero_day, counted.joined) as zero_day_low,
    wilson_high(counted.zero_day, counted.joined) as zero_day_high
from counted
join periods_of($grain) as periods on periods.period_start = counted.period_start
cross join settings
where ($first_day is null or periods.counted_until >= $first_day) and ($last_day is null or periods.period_start <= $last_day)
order by periods.period_start, case counted.term when 'short' then 1 when 'long' then 2 else 3 end;
