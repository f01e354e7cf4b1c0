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

with

claims as (

    select
        'flagged_members' as claim,
        sum(case when tags like '%churn_flag%' then 1 else 0 end) as gone,
        count(*) as of_all
    from members
    union all
    select
        'members_with_answer' as claim,
        count(distinct answers.member) as gone,
        (select count(*) from people) as of_all
    from answers
    union all
    select
        'subscriptions_ended' as claim,
        sum(case when ended_on is not null then 1 else 0 end) as gone,
        count(*) as of_all
    from subscriptions
    union all
    select
        'members_left' as claim,
        sum(case when ended_on is not null then 1 else 0 end) as gone,
        count(*) as of_all
    from (select member, case when count(ended_on) = count(*) then max(ended_on) end as ended_on from spells group by member) as last_spells

)

select
    claim,
    cast(gone as bigint) as gone,
    of_all,
    share(gone, of_all) as gone_rate,
    wilson_low(gone, of_all) as low,
    wilson_high(gone, of_all) as high
from claims
where gone > 0
order by claim;
