-- Do the files agree on how many left?
--
-- One row per thing that the files say. Different things are counted, so the rates differ; the page says which is which.
--
--   claim      flagged_members, members_with_answer, subscriptions_ended or members_left
--   gone       how many left by this claim
--   of_all     how many were counted
--   gone_rate  gone per of_all
--   low        lower end of its 95 % Wilson interval
--   high       upper end of its 95 % Wilson interval
--
-- Parameters: none

select
    claim,
    cast(gone as bigint) as gone,
    of_all,
    share(gone, of_all) as gone_rate,
    wilson_low(gone, of_all) as low,
    wilson_high(gone, of_all) as high
from claim_counts
where gone > 0
order by claim;
