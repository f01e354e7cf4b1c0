-- How many have left after so many days, by each cause?
--
-- One row per cause and day on which somebody left or was last seen; the shares of all causes and of those still there
-- add up to one. Aalen and Johansen's estimate, members who leave on one day together. Its variance: Marubini and
-- Valsecchi 1995, Σ (F(t) − Fᵢ)² dᵢ ÷ (nᵢ (nᵢ − dᵢ)) + Σ Sᵢ₋₁² cᵢ (nᵢ − cᵢ) ÷ nᵢ³ − 2 Σ (F(t) − Fᵢ) Sᵢ₋₁ cᵢ ÷ nᵢ², its interval
-- log-log as that of survival.
--
--   cause      voluntary, involuntary or unknown
--   day        days since the spell began
--   at_risk    spells that entered before that day and are observed so long
--   ended      spells that ended on that day by this cause
--   left_all   spells that ended on that day by any cause
--   share      share gone by this cause after that day
--   std_error  its standard error
--   low        lower end of its 95 % interval
--   high       upper end of its 95 % interval
--   alone      1 − Kaplan–Meier with the other causes as censored: too high, for comparison
--   begins     age from which on enough were observed, where spells entered late: shares of those who came so far
--
-- Parameters: $plan, $interval, $source

with

curve as (

    select
        day,
        at_risk,
        ended,
        survival,
        begins,
        lag(survival, 1, 1.0) over (order by day) as before
    from survival_curve($plan, $interval, null, $source, 'none')

),

ended as (

    select cause, seen_until as day, count(*) as ended
    from followed_spells($plan, $interval, $source, 'none')
    where ended
    group by cause, seen_until

),

steps as (

    select
        causes.cause,
        curve.day,
        curve.at_risk,
        curve.ended as left_all,
        cast(coalesce(ended.ended, 0) as double) as ended,
        cast(curve.at_risk as double) as n,
        curve.before,
        curve.begins,
        case when curve.ended < curve.at_risk then share(curve.ended, curve.at_risk) / (curve.at_risk - curve.ended) else 0 end
            as all_causes,
        sum(curve.before * coalesce(ended.ended, 0) / curve.at_risk) over (
            partition by causes.cause order by curve.day rows between unbounded preceding and current row
        ) as share
    from (select cause from ended group by cause) as causes
    cross join curve
    left join ended on ended.cause = causes.cause and ended.day = curve.day

),

summed as (

    select
        cause,
        day,
        at_risk,
        ended,
        left_all,
        begins,
        share,
        share * share * sum(all_causes) over so_far - 2 * share * sum(share * all_causes) over so_far
            + sum(share * share * all_causes) over so_far
            + sum(before * before * ended * (n - ended) / (n * n * n)) over so_far
            - 2 * (share * sum(before * ended / (n * n)) over so_far - sum(share * before * ended / (n * n)) over so_far)
            as variance,
        1 - exp(sum(case when ended < n then ln(1 - ended / n) else 0 end) over so_far)
            * case when max(case when ended = n then 1 else 0 end) over so_far = 1 then 0 else 1 end as alone
    from steps
    window so_far as (partition by cause order by day rows between unbounded preceding and current row)

)

select
    cast(cause as varchar) as cause,
    day,
    at_risk,
    cast(ended as bigint) as ended,
    left_all,
    share,
    sqrt(greatest(0, variance)) as std_error,
    case when share > 0 and share < 1 then log_log_low(share, greatest(0, variance) / (share * share)) else share end as low,
    case when share > 0 and share < 1 then log_log_high(share, greatest(0, variance) / (share * share)) else share end as high,
    alone,
    begins
from summed
order by cause, day;
