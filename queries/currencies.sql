-- In which currencies do members pay, and which of them are in the amounts?
--
-- One row per currency of paid subscriptions, the one of the amounts first. Currencies are never added: one is chosen, and
-- others count at the fixed rate that the owner typed, or in no amount.
--
--   currency       three letters
--   subscriptions  paid subscriptions in it
--   rate           what one of it is worth in the currency of the amounts; 1 for that one, null: in no amount
--   chosen         is it the currency of the amounts?
--
-- Parameters: none

select
    currency,
    subscriptions,
    rate,
    chosen
from (
    select
        settings.currency,
        (select cast(coalesce(sum(subscriptions - not_counted), 0) as bigint) from file_counts)
            - (select cast(coalesce(sum(subscriptions), 0) as bigint) from other_currencies) as subscriptions,
        cast(1 as double) as rate,
        true as chosen
    from settings
    where settings.currency is not null
    union all
    select currency, subscriptions, rate, false as chosen
    from other_currencies
) as paid
order by chosen desc, subscriptions desc, currency;
