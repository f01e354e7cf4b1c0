-- How we count: every formula of the dashboard, one macro each. The words for each stand in the texts, under its name.

-- A share of n as a fraction; no observation gives null, never 0 or infinity.
create macro share(k, n) as cast(k as double) / nullif(n, 0);

-- Lower end of the 95 % Wilson score interval of k of n, without continuity correction (Wilson 1927).
create macro wilson_low(k, n) as case
    when n > 0 then greatest(0, (
        share(k, n) + 3.841458820694124 / (2 * n)
        - 1.959963984540054 * sqrt(share(k, n) * (1 - share(k, n)) / n + 3.841458820694124 / (4.0 * n * n))
    ) / (1 + 3.841458820694124 / n))
end;

-- Upper end of the 95 % Wilson score interval of k of n, without continuity correction (Wilson 1927).
create macro wilson_high(k, n) as case
    when n > 0 then least(1, (
        share(k, n) + 3.841458820694124 / (2 * n)
        + 1.959963984540054 * sqrt(share(k, n) * (1 - share(k, n)) / n + 3.841458820694124 / (4.0 * n * n))
    ) / (1 + 3.841458820694124 / n))
end;

-- Lower end of Newcombe's hybrid score interval of k1/n1 − k0/n0 (Newcombe 1998, method 10).
create macro newcombe_low(k1, n1, k0, n0) as
    share(k1, n1) - share(k0, n0)
    - sqrt(pow(share(k1, n1) - wilson_low(k1, n1), 2) + pow(wilson_high(k0, n0) - share(k0, n0), 2));

-- Upper end of Newcombe's hybrid score interval of k1/n1 − k0/n0 (Newcombe 1998, method 10).
create macro newcombe_high(k1, n1, k0, n0) as
    share(k1, n1) - share(k0, n0)
    + sqrt(pow(wilson_high(k1, n1) - share(k1, n1), 2) + pow(share(k0, n0) - wilson_low(k0, n0), 2));

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

-- First day of the period that a day lies in; grain is week, month, quarter or year.
create macro period_of(day, grain) as cast(date_trunc(grain, day) as date);

-- Last day of the period that begins on a day.
create macro period_end(period_start, grain) as cast(
    case grain
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

-- Laney's p′ of a list of {k, n} in time order: mean share and sigma z (mean moving range of z ÷ 1.128).
create macro laney_center(periods) as
    list_sum(list_transform(periods, lambda x: x.k)) / nullif(list_sum(list_transform(periods, lambda x: x.n)), 0);

create macro laney_sigma_z(periods) as list_avg(list_transform(
    range(2, len(periods) + 1),
    lambda i: abs(
        (periods[i].k / periods[i].n - laney_center(periods)) * sqrt(periods[i].n)
        - (periods[i - 1].k / periods[i - 1].n - laney_center(periods)) * sqrt(periods[i - 1].n)
    )
)) / 1.128 / nullif(sqrt(laney_center(periods) * (1 - laney_center(periods))), 0);

-- Usual range of a rate, period by period, from the settled periods before it (12 to 24 of them, those outside their
-- own limits left out): Laney's p′, p̄ ± 3 σz √(p̄ (1 − p̄) ÷ nᵢ). Lists in time order; one row per period.
create macro usual_range(period_starts, numerators, denominators, settled) as table
with recursive

series as (

    select
        unnest(range(1, len(period_starts) + 1)) as place,
        unnest(period_starts) as period_start,
        unnest(numerators) as k,
        unnest(denominators) as n,
        unnest(settled) as is_settled

),

walk as (

    select
        cast(0 as bigint) as place,
        cast([] as struct(k double, n double)[]) as baseline,
        cast(null as double) as center,
        cast(null as double) as spread,
        false as outside
    union all
    select
        limits.place,
        case
            when limits.is_settled and limits.n > 0 and not limits.outside
                then list_append(limits.baseline, {'k': cast(limits.k as double), 'n': cast(limits.n as double)})
            else limits.baseline
        end,
        limits.center,
        limits.spread,
        limits.outside
    from (
        select
            *,
            coalesce(abs(share(k, n) - center) > spread, false) as outside
        from (
            select
                *,
                case when sigma_z is not null then 3 * sigma_z * sqrt(center * (1 - center) / nullif(n, 0)) end as spread
            from (
                select
                    series.place,
                    series.k,
                    series.n,
                    series.is_settled,
                    walk.baseline,
                    case when len(walk.baseline) >= 12 then laney_center(walk.baseline[-24:]) end as center,
                    case when len(walk.baseline) >= 12 then laney_sigma_z(walk.baseline[-24:]) end as sigma_z
                from walk
                join series on series.place = walk.place + 1
            ) as based
        ) as spread_out
    ) as limits

)

select
    series.period_start,
    walk.center,
    case when walk.spread is not null then greatest(0, walk.center - walk.spread) end as lower_limit,
    case when walk.spread is not null then least(1, walk.center + walk.spread) end as upper_limit,
    case
        when series.n = 0 then 'empty'
        when not series.is_settled then 'unsettled'
        when walk.spread is null then 'too_early'
        when not walk.outside then 'within'
        when share(series.k, series.n) > walk.center then 'above'
        else 'below'
    end as signal
from series
join walk on walk.place = series.place;

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
