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

-- Usual range of a rate, period by period, from the settled periods before it (12 to 24 of them, those outside their
-- own limits left out): Laney's p′, p̄ ± 3 σz √(p̄ (1 − p̄) ÷ nᵢ). A list of {period_start, k, n, settled} in time order
-- in, one row per period out.
create macro usual_range(periods) as table
with recursive

walk as (

    select
        cast(0 as bigint) as place,
        periods as periods,
        cast([] as struct(k double, n double)[]) as baseline,
        cast(null as double) as center,
        cast(null as double) as spread,
        false as outside
    union all
    select
        place,
        periods,
        case
            when settled and n > 0 and not coalesce(abs(k / n - center) > spread, false)
                then list_append(baseline, {'k': k, 'n': n})
            else baseline
        end,
        center,
        spread,
        coalesce(abs(k / nullif(n, 0) - center) > spread, false)
    from (
        select
            *,
            3 * laney_sigma_z(baseline[-24:], center) * sqrt(center * (1 - center) / nullif(n, 0)) as spread
        from (
            select
                place + 1 as place,
                periods,
                baseline,
                cast(periods[place + 1].k as double) as k,
                cast(periods[place + 1].n as double) as n,
                periods[place + 1].settled as settled,
                case when len(baseline) >= 12 then laney_center(baseline[-24:]) end as center
            from walk
            where place < len(periods)
        ) as based
    ) as limits

)

select
    periods[place].period_start as period_start,
    center,
    case when spread is not null then greatest(0, center - spread) end as lower_limit,
    case when spread is not null then least(1, center + spread) end as upper_limit,
    case
        when periods[place].n = 0 then 'empty'
        when not periods[place].settled then 'unsettled'
        when spread is null then 'too_early'
        when not outside then 'within'
        when share(periods[place].k, periods[place].n) > center then 'above'
        else 'below'
    end as signal
from walk
where place > 0;

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
