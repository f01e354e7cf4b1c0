-- What is a new member worth within 12 and within 24 months?
--
-- One row per plan and horizon. Value = mean MRR at joining × Σ S(k), the share
-- still there k months after joining (k × 365 ÷ 12 days), k from 0 to the horizon less one. Its variance: that of Σ S(k)
-- from Greenwood's covariances S(j) S(k) G(j), j ≤ k, and that of the mean MRR, taken as independent; 95 % normal interval.
-- Empty where fewer than ten are observed so long (unless all have left), and where spells entered late.
--
--   segment     plan at joining
--   horizon     months
--   spells      spells followed
--   mrr         their mean monthly amount at joining
--   months      expected months of membership within the horizon
--   value       months × mrr
--   low         lower end of the 95 % interval of value
--   high        upper end of the 95 % interval of value
--   followed    whole months with at least ten still observed
--   by_formula  mrr ÷ churn, churn being leavers per member-month: for comparison only, it knows no horizon
--
-- Parameters: $plan, $interval, $source

with

curve as (

    select segment, day, at_risk, survival, greenwood, begins
    from survival_curve($plan, $interval, null, $source, 'plan')

),

amounts as (

    select
        segment,
        count(*) as spells,
        ordered_mean(mrr) as mrr,
        coalesce(var_samp(mrr order by mrr) / count(*), 0) as mrr_variance,
        share(
            sum(case when ended then 1 else 0 end),
            sum(seen_until - greatest(entered, 0)) / (365 / 12.0)
        ) as hazard
    from followed_spells($plan, $interval, $source, 'plan')
    group by segment

),

reach as (

    select
        segment,
        cast(floor(max(case when at_risk >= 10 then day end) / (365 / 12.0)) as bigint) as followed,
        min(survival) = 0 as all_left,
        max(begins) is not null as begins_late
    from curve
    group by segment

),

monthly as (

    select
        amounts.segment,
        months.age,
        coalesce(max_by(curve.survival, curve.day), 1) as survival,
        coalesce(max_by(curve.greenwood, curve.day), 0) as greenwood
    from amounts
    cross join (select unnest(generate_series(0, 23)) as age) as months
    left join curve on curve.segment = amounts.segment and curve.day <= months.age * 365 / 12.0
    group by amounts.segment, months.age

),

within as (

    select
        monthly.segment,
        horizons.horizon,
        monthly.survival,
        monthly.greenwood,
        coalesce(sum(monthly.survival) over (
            partition by monthly.segment, horizons.horizon order by monthly.age rows between 1 following and unbounded following
        ), 0) as afterwards
    from monthly
    join (select unnest([12, 24]) as horizon) as horizons on monthly.age < horizons.horizon

),

summed as (

    select
        segment,
        horizon,
        ordered_sum(survival) as months,
        ordered_sum(survival * greenwood * (survival + 2 * afterwards)) as variance
    from within
    group by segment, horizon

),

valued as (

    select
        amounts.segment,
        cast(summed.horizon as integer) as horizon,
        amounts.spells,
        amounts.mrr,
        reach.followed,
        amounts.mrr / nullif(amounts.hazard, 0) as by_formula,
        case
            when reach.begins_late then null
            when reach.followed >= summed.horizon - 1 or reach.all_left and amounts.spells >= 10 then summed.months
        end as months,
        sqrt(amounts.mrr * amounts.mrr * summed.variance + summed.months * summed.months * amounts.mrr_variance) as std_error
    from amounts
    join summed on summed.segment = amounts.segment
    left join reach on reach.segment = amounts.segment

)

select
    segment,
    horizon,
    spells,
    mrr,
    months,
    months * mrr as value,
    case when months > 0 then greatest(0, months * mrr - 1.959963984540054 * std_error) end as low,
    months * mrr + 1.959963984540054 * std_error as high,
    followed,
    by_formula
from valued
order by spells desc, segment, horizon;
