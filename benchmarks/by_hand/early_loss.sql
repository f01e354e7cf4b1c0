-- early_loss for all members by month of joining, written for exactly this.
with

joined as (

    select
        date_trunc('month', stints.started_on) as period_start,
        term_group(stints.interval) as term,
        cast(stints.started_on + case stints.interval when 'year' then to_months(12) else to_months(1) end as date) as due_on,
        spells.ended_on,
        stints.started_on
    from stints
    join spells on spells.spell_id = stints.spell_id
    where stints.spell_number = 1 and stints.stint_number = 1

),

counted as (

    select
        cast(period_start as date) as period_start,
        term,
        count(*) as joined,
        count(*) filter (where ended_on = started_on) as zero_day,
        count(*) filter (where due_on <= settings.as_of) as observed,
        count(*) filter (where ended_on <= due_on and due_on <= settings.as_of) as first_period
    from joined
    cross join settings
    group by period_start, term

)

select
    period_start,
    term,
    joined,
    zero_day,
    observed,
    case when observed > 0 then first_period end as first_period,
    zero_day / nullif(cast(joined as double), 0) as zero_day_rate,
    first_period / nullif(cast(observed as double), 0) as first_period_rate,
    wilson_low(first_period, observed) as low,
    wilson_high(first_period, observed) as high,
    wilson_low(zero_day, joined) as zero_day_low,
    wilson_high(zero_day, joined) as zero_day_high
from counted
order by period_start, case term when 'short' then 1 when 'long' then 2 else 3 end
