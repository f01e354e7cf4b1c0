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

select
    coalesce(tenure, '(all)') as tenure,
    price_plan,
    cast(sum(names_price) as bigint) as named,
    count(*) as answered,
    share(sum(names_price), count(*)) as named_share,
    wilson_low(sum(names_price), count(*)) as low,
    wilson_high(sum(names_price), count(*)) as high,
    ordered_mean(mrr) as average_mrr,
    cast(sum(case when names_price = 1 and returned_on is not null then 1 else 0 end) as bigint) as returned
from price_told($first_day, $last_day, $plan, $interval, $cause, $source) as told
group by grouping sets ((tenure, price_plan), (price_plan))
order by
    case told.tenure when 'to_3_months' then 1 when 'to_12_months' then 2 when 'to_24_months' then 3 when 'longer' then 4 else 0 end,
    price_plan;
