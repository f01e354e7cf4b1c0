-- Of the renewals of long plans that came due in a period, how many were not renewed?
--
-- One row per period, oldest first, for terms of six months or longer. Due: first paid day + k terms, the member having the
-- plan on the day before. A switch to another plan is a renewal. Ends in mid-term stand apart.
--
--   period_start  first day of the period
--   last_day      its last day, or as_of where the data ends earlier
--   state         running, settling or settled
--   settles_on    day from which the number no longer moves
--   due           renewals due
--   not_renewed   of these, membership ended on the due day or within the grace time after it
--   mid_term      ends of long plans in the period outside any such window; in no rate
--   renewal_rate  not_renewed per due
--   low           lower end of its 95 % Wilson interval
--   high          upper end of its 95 % Wilson interval
--   center        mean rate of the settled periods before it
--   lower_limit   lower end of the usual range
--   upper_limit   upper end of the usual range
--   signal        within, above, below, too_early, unsettled or empty
--   step_on       newest day in it from which a marked step lets the usual range begin anew
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $cause, $source, $step

with

due as (

    select
        period_of(due_on, $grain) as period_start,
        count(*) as due,
        sum(case when ended and is_chosen($cause, cause) then 1 else 0 end) as not_renewed
    from renewals
    where is_chosen($plan, plan) and is_chosen($interval, interval) and is_chosen($source, source)
    group by period_of(due_on, $grain)

),

mid_term as (

    select period_of(long_terms.left_on, $grain) as period_start, count(distinct long_terms.spell_id) as mid_term
    from long_terms
    left join renewals on renewals.spell_id = long_terms.spell_id and renewals.ended
    where long_terms.ended_on = long_terms.left_on and renewals.spell_id is null
        and is_chosen($plan, long_terms.plan) and is_chosen($interval, long_terms.interval)
        and is_chosen($source, long_terms.source) and is_chosen($cause, long_terms.cause)
    group by period_of(long_terms.left_on, $grain)

),

rated as (

    select
        periods.period_start,
        periods.counted_until,
        periods.state,
        periods.settles_on,
        coalesce(due.due, 0) as due,
        cast(coalesce(due.not_renewed, 0) as bigint) as not_renewed,
        coalesce(mid_term.mid_term, 0) as mid_term
    from periods_of($grain) as periods
    left join due on due.period_start = periods.period_start
    left join mid_term on mid_term.period_start = periods.period_start

),

ranges as (

    select period_start, center, lower_limit, upper_limit, signal
    from usual_range((
        select list({
            'period_start': period_start, 'k': not_renewed, 'n': due, 'settled': state = 'settled'
        } order by period_start)
        from rated
    ), $step)

)

select
    rated.period_start,
    rated.counted_until as last_day,
    rated.state,
    rated.settles_on,
    rated.due,
    rated.not_renewed,
    rated.mid_term,
    renewal_churn(rated.not_renewed, rated.due) as renewal_rate,
    wilson_low(rated.not_renewed, rated.due) as low,
    wilson_high(rated.not_renewed, rated.due) as high,
    ranges.center,
    ranges.lower_limit,
    ranges.upper_limit,
    ranges.signal,
    step_within($step, rated.period_start, rated.counted_until) as step_on
from rated
join ranges on ranges.period_start = rated.period_start
where ($first_day is null or rated.counted_until >= $first_day) and ($last_day is null or rated.period_start <= $last_day)
order by rated.period_start;
