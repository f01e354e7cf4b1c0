-- Were offers to stay accepted, and did they last?
--
-- One row per offer and stage: accepted, then still paying 30, 60 and 90 days after the offer ended.
--
--   offer     what was offered
--   stage     accepted, paying_30, paying_60 or paying_90
--   counted   offers shown of which the answer is known; accepted ones whose days have passed
--   kept      of these, accepted; still a paying member on that day
--   share     kept per counted
--   low       lower end of its 95 % Wilson interval
--   high      upper end of its 95 % Wilson interval
--   settling  accepted ones whose days have not passed; in no share
--
-- Parameters: $first_day, $last_day, $plan, $interval, $source

with

shown as (

    select request, member, offer, offer_accepted, offer_ended_on
    from chosen_requests($plan, $interval, $source, $first_day, $last_day)
    where offer is not null and offer_accepted is not null

),

judged_on as (

    select
        shown.request,
        shown.member,
        shown.offer,
        spans.days,
        shown.offer_ended_on + spans.days as day
    from shown
    cross join (select unnest([30, 60, 90]) as days) as spans
    where shown.offer_accepted and shown.offer_ended_on is not null

),

lasting as (

    select
        judged_on.request,
        judged_on.offer,
        judged_on.days,
        judged_on.day <= settings.as_of as settled,
        max(case when spells.member is null then 0 else 1 end) = 1 as paying
    from judged_on
    cross join settings
    left join spells
        on spells.member = judged_on.member
        and spells.started_on <= judged_on.day
        and (spells.ended_on is null or spells.ended_on > judged_on.day)
    group by judged_on.request, judged_on.offer, judged_on.days, judged_on.day <= settings.as_of

),

stages as (

    select
        offer,
        0 as days,
        count(*) as counted,
        sum(case when offer_accepted then 1 else 0 end) as kept,
        0 as settling
    from shown
    group by offer
    union all
    select
        offer,
        days,
        sum(case when settled then 1 else 0 end) as counted,
        sum(case when settled and paying then 1 else 0 end) as kept,
        sum(case when settled then 0 else 1 end) as settling
    from lasting
    group by offer, days

)

select
    offer,
    case when days = 0 then 'accepted' else concat('paying_', days) end as stage,
    cast(counted as bigint) as counted,
    cast(kept as bigint) as kept,
    share(kept, counted) as share,
    wilson_low(kept, counted) as low,
    wilson_high(kept, counted) as high,
    cast(settling as bigint) as settling
from stages
order by max(case when days = 0 then counted end) over (partition by offer) desc, offer, days;
