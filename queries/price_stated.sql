-- Is it really the price: who names it, after how long, and on the cheapest plan or above it?
--
-- One row per tenure band and use of the price plan, first those of all bands together. Where price is named as often on the cheapest plan as above it, a lower
-- price would not have kept them.
--
--   tenure        how long they had been members, (all) for all together
--   price_plan    had: held the cheapest plan; could_have: a cheaper plan was sold in the year before they left;
--                 none_sold: there was one price only
--   named         answers that name the price
--   answered      usable answers
--   named_share   named per answered
--   low           lower end of its 95 % Wilson interval
--   high          upper end of its 95 % Wilson interval
--   average_mrr   what they paid a month, on average
--   returned      of the named, members again since
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source

with


gone as (

    select spell_id, member, left_on, started_on, returned_on, plan, mrr, answer
    from asked_leavers('none', $first_day, $last_day, $plan, $interval, $cause, $source)
    where usable and mrr > 0

),

offered as (

    select plan, period_of(started_on, 'month') as month_start, avg(mrr) as mrr
    from stints
    where mrr > 0
    group by plan, period_of(started_on, 'month')

),

cheaper as (

    select gone.spell_id
    from gone
    join offered
        on offered.plan <> gone.plan and offered.mrr < 0.99 * gone.mrr
        and offered.month_start between gone.left_on - 365 and gone.left_on
    group by gone.spell_id

),

other_plan as (

    select gone.spell_id
    from gone
    join offered
        on offered.plan <> gone.plan and offered.month_start between gone.left_on - 365 and gone.left_on
    group by gone.spell_id

),

told as (

    select
        gone.spell_id,
        gone.member,
        gone.left_on,
        gone.returned_on,
        gone.plan,
        gone.mrr,
        tenure_band(gone.left_on - gone.started_on) as tenure,
        case
            when cheaper.spell_id is not null then 'could_have'
            when other_plan.spell_id is not null then 'had'
            else 'none_sold'
        end as price_plan,
        case when naming.answer is null then 0 else 1 end as names_price
    from gone
    left join cheaper on cheaper.spell_id = gone.spell_id
    left join other_plan on other_plan.spell_id = gone.spell_id
    left join (select answer from named_reasons where reason = 'price' group by answer) as naming on naming.answer = gone.answer

)

select
    coalesce(tenure, '(all)') as tenure,
    price_plan,
    cast(sum(names_price) as bigint) as named,
    count(*) as answered,
    share(sum(names_price), count(*)) as named_share,
    wilson_low(sum(names_price), count(*)) as low,
    wilson_high(sum(names_price), count(*)) as high,
    avg(mrr) as average_mrr,
    cast(sum(case when names_price = 1 and returned_on is not null then 1 else 0 end) as bigint) as returned
from told
group by grouping sets ((tenure, price_plan), (price_plan))
order by
    case told.tenure when 'to_3_months' then 1 when 'to_12_months' then 2 when 'to_24_months' then 3 when 'longer' then 4 else 0 end,
    price_plan;
