-- How we count: every formula of the dashboard, one macro each. The words for each stand in the texts, under its name.

-- A share of n as a fraction; no observation gives null, never 0 or infinity.
create macro share(k, n) as cast(k as double) / nullif(n, 0);

-- Lower end of the 95 % Wilson score interval of k of n, without continuity correction (Wilson 1927), with z² multiplied out:
-- every question has several of these, and each term takes the engine time to plan.
create macro wilson_low(k, n) as case
    when n > 0 then greatest(0, (
        k + 1.920729410347062e0 - 1.959963984540054e0 * sqrt(k * (n - cast(k as double)) / n + 0.960364705173531e0)
    ) / (n + 3.841458820694124e0))
end;

-- Upper end of the 95 % Wilson score interval of k of n, without continuity correction (Wilson 1927).
create macro wilson_high(k, n) as case
    when n > 0 then least(1, (
        k + 1.920729410347062e0 + 1.959963984540054e0 * sqrt(k * (n - cast(k as double)) / n + 0.960364705173531e0)
    ) / (n + 3.841458820694124e0))
end;

-- Lower end of Newcombe's hybrid score interval of k1/n1 − k0/n0 (Newcombe 1998, method 10).
create macro newcombe_low(k1, n1, k0, n0) as
    share(k1, n1) - share(k0, n0)
    - sqrt(pow(share(k1, n1) - wilson_low(k1, n1), 2) + pow(wilson_high(k0, n0) - share(k0, n0), 2));

-- Upper end of Newcombe's hybrid score interval of k1/n1 − k0/n0 (Newcombe 1998, method 10).
create macro newcombe_high(k1, n1, k0, n0) as
    share(k1, n1) - share(k0, n0)
    + sqrt(pow(wilson_high(k1, n1) - share(k1, n1), 2) + pow(share(k0, n0) - wilson_low(k0, n0), 2));

-- A sum of fractions: added from the smallest on, so that it is the same to the last digit whichever thread counts first.
create macro ordered_sum(x) as sum(x order by x);

-- A mean of fractions, added in the same order.
create macro ordered_mean(x) as avg(x order by x);

-- A sum of amounts of money, the same whichever thread counts first: added as whole parts of 10 to the power of -10, which
-- takes many rows a fifth of the time that ordering them would; amounts too large for that are invented.
create macro sum_of_amounts(x) as case
    when max(abs(x)) < 1e17 then cast(sum(try_cast(x as decimal(38, 10))) as double)
    else sum(x)
end;

-- Monthly recurring revenue of a price: price × quantity ÷ months in the term, weekly × 52 ÷ 12.
create macro monthly_amount(price, quantity, unit, term) as coalesce(
    price * coalesce(quantity, 1) / nullif(coalesce(term, 1), 0) * case unit
        when 'year' then 1.0 / 12
        when 'week' then 52.0 / 12
        when 'day' then 365.0 / 12
        when 'lifetime' then 0
        else 1
    end, 0
);

-- Nothing was said: empty, one letter, or one of the words that people type to get past a box.
create macro is_junk(comment) as
    comment is null
    or length(regexp_replace(comment, '[^\p{L}\p{N}]', '', 'g')) <= 1
    or lower(trim(comment, ' .!-_')) in (
        'n/a', 'na', 'none', 'nothing', 'no comment', 'test', 'asdf', 'asd', 'xx', 'xxx', 'idk', 'null',
        'keine', 'keins', 'nichts', 'kein kommentar', 'k.a', 'ka', 'nix', 'entfällt'
    );

-- First day of the period that a day lies in; grain is day, week, month, quarter or year.
create macro period_of(day, grain) as cast(date_trunc(grain, day) as date);

-- Last day of the period that begins on a day.
create macro period_end(period_start, grain) as cast(
    case grain
        when 'day' then period_start + interval 1 day
        when 'week' then period_start + interval 7 day
        when 'quarter' then period_start + interval 3 month
        when 'year' then period_start + interval 1 year
        else period_start + interval 1 month
    end as date
) - 1;

-- How far a period's number is: running, settling until its waiting time has passed, settled.
create macro period_state(last_day, waiting_days, as_of) as case
    when last_day > as_of then 'running'
    when last_day + waiting_days > as_of then 'settling'
    else 'settled'
end;

-- Mean share of a list of {k, n}.
create macro laney_center(periods) as
    list_sum(list_transform(periods, lambda x: x.k)) / nullif(list_sum(list_transform(periods, lambda x: x.n)), 0);

-- Laney's sigma z of a list of {k, n} in time order around its mean share: mean moving range of z ÷ 1.128 (Laney 2002).
create macro laney_sigma_z(periods, center) as list_avg(list_transform(
    list_zip(periods[2:], periods[:-2]),
    lambda pair: abs(
        (pair[1].k / pair[1].n - center) * sqrt(pair[1].n) - (pair[2].k / pair[2].n - center) * sqrt(pair[2].n)
    )
)) / 1.128 / nullif(sqrt(center * (1 - center)), 0);

-- The most events that chance alone still explains where so many, fewer than ten, are expected: more come less often than
-- once in 740 periods, as seldom as a point beyond three sigma. The numbers solve P(X > k) = 0.00135 for the mean of a
-- Poisson distribution, k = 0, 1, 2, …
create macro most_by_chance(expected) as len(list_filter([
    0.00135, 0.05288, 0.21168, 0.4653, 0.79187, 1.17497, 1.60301, 2.06772, 2.563, 3.08425, 3.62789,
    4.19108, 4.77154, 5.36739, 5.97705, 6.59922, 7.23278, 7.87675, 8.5303, 9.1927, 9.86331
], lambda mean: mean < expected));

-- The fewest events that chance alone still explains where so many, fewer than ten, are expected: P(X < k) = 0.00135.
create macro fewest_by_chance(expected) as
    case when expected > 6.60765 then 1 else 0 end + case when expected > 8.90021 then 1 else 0 end;

-- Usual range of a rate, period by period, from the settled periods before it (12 to 24 of them, those outside their
-- own limits left out): Laney's p′, p̄ ± 3 σz √(p̄ (1 − p̄) ÷ nᵢ), but never narrower than chance where events
-- are rare (under one in ten, fewer than ten expected; or as rarely missing), for which no bell curve holds: one leaver of
-- seventy is no signal. A list of {period_start, k, n,
-- settled} in time order in, one row per period out. From a day in steps on, what was before no longer counts: a price
-- rise, say. Who is left out depends on limits of earlier periods alone, so that passes over all of them end in the one
-- answer that walking from period to period would give, and few passes do.
create macro usual_range(given, steps := null) as table
with recursive

numbered as (

    select unnest(given) as period, unnest(range(1, len(given) + 1)) as place

),

taken as (

    select
        place,
        period.period_start as period_start,
        cast(period.k as double) as k,
        cast(period.n as double) as n,
        period.settled as settled,
        coalesce(len(list_filter(cast(steps as date[]), lambda day: day <= period.period_start)), 0) as stretch
    from numbered

),

walk as (

    select
        0 as pass,
        *,
        cast(null as double) as center,
        cast(null as double) as lower_limit,
        cast(null as double) as upper_limit,
        false as outside,
        true as moved
    from taken
    union all
    select
        pass + 1,
        place,
        period_start,
        k,
        n,
        settled,
        stretch,
        center,
        lower_limit,
        upper_limit,
        is_outside,
        bool_or(is_outside <> outside) over () as moved
    from (
        select
            *,
            coalesce(k / nullif(n, 0) > upper_limit or k / nullif(n, 0) < lower_limit, false) as is_outside
        from (
            select
                pass,
                place,
                period_start,
                k,
                n,
                settled,
                stretch,
                outside,
                center,
                case when spread is not null then greatest(0, least(
                    center - spread,
                    case when center < 0.1 and n * center < 10 then fewest_by_chance(n * center) / n end,
                    case when center > 0.9 and n * (1 - center) < 10 then 1 - most_by_chance(n * (1 - center)) / n end
                )) end as lower_limit,
                case when spread is not null then least(1, greatest(
                    center + spread,
                    case when center < 0.1 and n * center < 10 then most_by_chance(n * center) / n end,
                    case when center > 0.9 and n * (1 - center) < 10 then 1 - fewest_by_chance(n * (1 - center)) / n end
                )) end as upper_limit
            from (
                select
                    *,
                    3 * laney_sigma_z(baseline, center) * sqrt(center * (1 - center) / nullif(n, 0)) as spread
                from (
                    select
                        pass,
                        place,
                        period_start,
                        k,
                        n,
                        settled,
                        stretch,
                        outside,
                        baseline,
                        case when len(baseline) >= 12 then laney_center(baseline) end as center
                    from (
                        select
                            *,
                            (list({'k': k, 'n': n}) filter (where settled and n > 0 and not outside) over (
                                partition by stretch order by place rows between unbounded preceding and 1 preceding
                            ))[-24:] as baseline
                        from walk
                        where moved
                    ) as based
                ) as centered
            ) as spread_out
        ) as limited
    ) as judged

)

select
    period_start,
    center,
    lower_limit,
    upper_limit,
    case
        when n = 0 then 'empty'
        when not settled then 'unsettled'
        when upper_limit is null then 'too_early'
        when not outside then 'within'
        when share(k, n) > center then 'above'
        else 'below'
    end as signal
from walk
where pass = (select max(pass) from walk);

-- The newest of the marked steps that lies between two days.
create macro step_within(steps, first_day, last_day) as
    list_max(list_filter(cast(steps as date[]), lambda day: day between first_day and last_day));

-- Lower end of the 95 % log-log band of a survival share (Kalbfleisch and Prentice), greenwood = Σ d ÷ (n (n − d)).
create macro log_log_low(survival, greenwood) as case
    when survival = 0 then 0
    when survival = 1 then 1
    else pow(survival, exp(1.959963984540054 * sqrt(greenwood) / abs(ln(survival))))
end;

-- Upper end of the 95 % log-log band of a survival share (Kalbfleisch and Prentice), greenwood = Σ d ÷ (n (n − d)).
create macro log_log_high(survival, greenwood) as case
    when survival = 0 then 0
    when survival = 1 then 1
    else pow(survival, exp(-1.959963984540054 * sqrt(greenwood) / abs(ln(survival))))
end;

-- What a segment's own rate did to the change of the whole: mean weight × change of its rate.
create macro behaviour_part(weight_before, weight_after, rate_before, rate_after) as
    (weight_before + weight_after) / 2 * (rate_after - rate_before);

-- What a segment's changed weight did to the change of the whole: how far its mean rate lies from the mean of both totals
-- × change of its weight. With behaviour_part the parts of all segments add up to the change exactly.
create macro mix_part(weight_before, weight_after, rate_before, rate_after, total_before, total_after) as
    ((rate_before + rate_after) / 2 - (total_before + total_after) / 2) * (weight_after - weight_before);

-- How long somebody had been a member, in bands: up to 3 months, up to a year, up to two years, longer.
create macro tenure_band(days) as case
    when days < 91 then 'to_3_months'
    when days < 365 then 'to_12_months'
    when days < 730 then 'to_24_months'
    else 'longer'
end;

-- Whole months from a day to another: the largest k for which first + k months is not after second; the day before gives −1.
create macro full_months(first, second) as
    12 * (year(second) - year(first)) + month(second) - month(first)
    - case when day(second) < least(day(first), day(last_day(second))) then 1 else 0 end;

-- Upper tail of the chi-square distribution: the regularised incomplete gamma function Q(df ÷ 2, x ÷ 2), by its power
-- series below df ÷ 2 + 1 and by its continued fraction, evaluated from the back, above (Abramowitz and Stegun 6.5.29, 6.5.31).
create macro chi_square_tail(x, df) as case
    when x is null or df is null or df < 1 then null
    when x <= 0 then 1
    when x / 2 < df / 2.0 + 1 then 1 - exp(-x / 2 + df / 2.0 * ln(x / 2) - lgamma(df / 2.0 + 1)) * (1 + list_sum(list_transform(
        range(1, 301), lambda n: exp(n * ln(x / 2) + lgamma(df / 2.0 + 1) - lgamma(df / 2.0 + 1 + n))
    )))
    else exp(-x / 2 + df / 2.0 * ln(x / 2) - lgamma(df / 2.0)) / list_reduce(
        list_transform(range(0, 300), lambda n: cast(300 - n as double)),
        lambda below, n: x / 2 + 2 * n - 1 - df / 2.0 - n * (n - df / 2.0) / below,
        cast(x / 2 + 601 - df / 2.0 as double)
    )
end;

-- u′ V⁻¹ u from the matrix V bordered with the vector u, [[V, u], [u′, 0]], by elimination: chi-square and its degrees of
-- freedom; what is not spanned by V (a group without any difference to see) counts for none.
create macro quadratic_form(bordered) as table
with recursive

walk as (

    select 1 as step, 0 as df, cast(bordered as double[][]) as matrix
    union all
    select
        step + 1,
        case when matrix[step][step] > 1e-9 then df + 1 else df end,
        case
            when matrix[step][step] > 1e-9 then list_transform(
                matrix,
                lambda line: list_transform(line, lambda x, j: x - line[step] * matrix[step][j] / matrix[step][step])
            )
            else matrix
        end
    from walk
    where step < len(matrix)

)

select -matrix[step][step] as chi_square, df
from walk
where step = len(matrix);

-- 97.5 % point of Student's t: typed for up to nine degrees of freedom, from ten on by Cornish–Fisher (within 0.001).
create macro student_t(degrees) as case
    when degrees < 1 then null
    when degrees < 10 then [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622][cast(degrees as integer)]
    else 1.959964 + 2.372273 / degrees + 2.822547 / pow(degrees, 2) + 2.555842 / pow(degrees, 3)
end;

-- How long a request waited for its first reply, in bands: up to 4 hours, a day, three days, longer.
create macro wait_band(hours) as case
    when hours <= 4 then 'to_4_hours'
    when hours <= 24 then 'to_1_day'
    when hours <= 72 then 'to_3_days'
    else 'longer'
end;

-- What stands for a name on a screen that others see: the person's number in this data set.
create macro shown_name(name, member, masked) as
    case when masked = 'yes' then concat('#', member) else coalesce(name, concat('#', member)) end;

-- What stands for an e-mail address on a screen that others see.
create macro shown_email(email, masked) as case when masked = 'yes' and email is not null then '•••' else email end;

-- Months in a term; none where it is counted in days or weeks.
create macro term_months(unit, term) as coalesce(term, 1) * case unit when 'year' then 12 when 'month' then 1 else 0 end;

-- Days in a term; none where it is counted in months or years.
create macro term_days(unit, term) as coalesce(term, 1) * case unit when 'week' then 7 when 'day' then 1 else 0 end;

-- What a term is called: week, month, quarter, half_year, year; others by their length, weeks_4, months_2, years_2, days_30.
create macro billing_of(unit, term) as case
    when unit is null or unit = 'lifetime' then '(none)'
    when coalesce(term, 1) = 1 and unit in ('week', 'month', 'year') then unit
    when unit = 'month' and term = 3 then 'quarter'
    when unit = 'month' and term = 6 then 'half_year'
    when unit = 'month' and term = 12 then 'year'
    else concat(unit, 's_', coalesce(term, 1))
end;

-- Months of a term by its name; 0 where it is counted in days or weeks, null where it is not told.
create macro billing_months(billing) as case billing
    when 'month' then 1
    when 'quarter' then 3
    when 'half_year' then 6
    when 'year' then 12
    when 'week' then 0
    when '(none)' then null
    else coalesce(try_cast(split_part(billing, '_', 2) as integer), 0) * case split_part(billing, '_', 1)
        when 'years' then 12 when 'months' then 1 else 0 end
end;

-- Days of a term by its name; 0 where it is counted in months or years, null where it is not told.
create macro billing_days(billing) as case
    when billing = 'week' then 7
    when billing in ('month', 'quarter', 'half_year', 'year') then 0
    when billing = '(none)' then null
    else coalesce(try_cast(split_part(billing, '_', 2) as integer), 0) * case split_part(billing, '_', 1)
        when 'weeks' then 7 when 'days' then 1 else 0 end
end;

-- Monthly and shorter plans, long ones of six months or more, and those whose term the file does not tell.
create macro term_group(billing) as case
    when billing in ('week', 'month', 'quarter') then 'short'
    when billing in ('half_year', 'year') then 'long'
    when billing = '(none)' then 'not_told'
    when billing_months(cast(billing as varchar)) >= 6 or billing_days(cast(billing as varchar)) >= 180 then 'long'
    else 'short'
end;

-- Lower end of the 95 % interval of a count of events (Byar's approximation to the exact Poisson interval).
create macro events_low(k) as
    case when k = 0 then 0 else k * pow(1 - 1.0 / (9 * k) - 1.959963984540054 / (3 * sqrt(k)), 3) end;

-- Upper end of the 95 % interval of a count of events (Byar's approximation to the exact Poisson interval).
create macro events_high(k) as
    (k + 1) * pow(1 - 1.0 / (9 * (k + 1)) + 1.959963984540054 / (3 * sqrt(k + 1)), 3);

-- C1, the headline: members at the start who were none at the end ÷ members at the start.
create macro member_churn(churned, active) as share(churned, active);

-- C2: every end of a membership in the period ÷ members at the start.
create macro churn_events(left_in_all, active) as share(left_in_all, active);

-- C3: every end ÷ (members at the start + joined).
create macro churn_with_newcomers(left_in_all, active, joined) as share(left_in_all, active + joined);

-- C4: each day's ends ÷ members at the start of that day, added up.
create macro daily_sum_churn(left_on_day, active_that_day) as ordered_sum(share(left_on_day, active_that_day));

-- Ends in 30 days of membership.
create macro churn_hazard(left_in_all, member_days) as share(30 * left_in_all, member_days);

-- C6: members who asked to cancel ÷ members at the start.
create macro cancel_requests(asked, active) as share(asked, active);

-- C7: (every end − returns) ÷ members at the start.
create macro net_churn(left_in_all, returned, active) as share(left_in_all - returned, active);

-- C9: not renewed ÷ renewals due, for terms of six months or longer.
create macro renewal_churn(not_renewed, due) as share(not_renewed, due);

-- Monthly amount of those who churned and of downgrades ÷ monthly amount at the start.
create macro gross_revenue_churn(mrr_lost, mrr_downgraded, mrr_at_start) as share(mrr_lost + mrr_downgraded, mrr_at_start);

-- 1 − monthly amount at the end of those who were members at the start ÷ monthly amount at the start.
create macro net_revenue_churn(mrr_kept, mrr_at_start) as 1 - share(mrr_kept, mrr_at_start);

-- Standard error of a ratio of sums Σx ÷ Σs over members (linearised), from Σx², Σxs and Σs².
create macro ratio_error(ratio, sum_xx, sum_xs, sum_ss, sum_s) as
    sqrt(greatest(0, sum_xx - 2 * ratio * sum_xs + ratio * ratio * sum_ss)) / nullif(sum_s, 0);

-- Charges that failed and were paid within 30 days ÷ charges that failed.
create macro payment_recovery(recovered, failed) as share(recovered, failed);

-- Left on the day of joining ÷ joined.
create macro zero_day_loss(lost, joined) as share(lost, joined);

-- Left on or before the first due day ÷ joined.
create macro first_period_loss(lost, joined) as share(lost, joined);

-- What a monthly amount is in bands: under 10, 10 to 20, 20 to 50, more.
create macro price_band(mrr) as case
    when mrr is null or mrr <= 0 then '(none)'
    when mrr < 10 then 'under_10'
    when mrr < 20 then 'to_20'
    when mrr < 50 then 'to_50'
    else 'from_50'
end;

-- A text as it is searched: small letters, no accents, one blank around every word and nothing else between them.
create macro searchable(words) as
    concat(' ', trim(regexp_replace(lower(strip_accents(coalesce(words, ''))), '[^\p{L}\p{N}]+', ' ', 'g')), ' ');

-- What is looked for in a searchable text: the beginning of a word; after a * any part of one; nothing where nothing is left.
create macro keyword_sought(keyword) as case
    when searchable(keyword) = '  ' then null
    when trim(keyword) like '*%' then trim(searchable(keyword))
    else concat(' ', trim(searchable(keyword)))
end;

-- Members per arm to see a rate of one arm beside another with 80 % power, two-sided 5 %: normal approximation, pooled
-- variance under the null (Fleiss 1981, without continuity correction).
create macro members_per_arm(rate_without, rate_with) as cast(ceil(pow(
    1.959963984540054 * sqrt((rate_without + rate_with) * (1 - (rate_without + rate_with) / 2))
    + 0.8416212335729143 * sqrt(rate_without * (1 - rate_without) + rate_with * (1 - rate_with)), 2
) / nullif(pow(rate_with - rate_without, 2), 0) - 1e-9) as bigint);

-- Share of the returns after a message that would have come without it: rate of the held-out ÷ rate of those written to.
create macro came_anyway(k1, n1, k0, n0) as case when n0 > 0 and k1 > 0 then least(1, share(k0, n0) / share(k1, n1)) end;

-- What a comparison with a hold-out allows to say: across zero the effect is not shown.
create macro lift_verdict(k1, n1, k0, n0) as case
    when n1 = 0 or n0 = 0 then 'unsettled'
    when n1 < 10 or n0 < 10 then 'too_few'
    when newcombe_low(k1, n1, k0, n0) > 0 then 'works'
    when newcombe_high(k1, n1, k0, n0) < 0 then 'harms'
    else 'not_shown'
end;
