-- Which offer is followed by a return, and would they have come anyway?
--
-- One row per offer (incentive or campaign), most messages first. A leaver counts once per offer, from its first message.
-- Return rate only, effect unknown: for that see winback_lift.
--
--   offered_by    incentive or campaign
--   offer         what was offered, or the campaign
--   sent          leavers written to with it
--   settled       of these, the win-back days have passed
--   settling      of these, not yet; in no rate
--   settles_on    day on which the last of them settles
--   returned      of the settled, returned within the win-back days
--   conversion    returned per settled
--   low           lower end of its 95 % Wilson interval
--   high          upper end of its 95 % Wilson interval
--   shared        of the returned, also claimed by another offer
--   natural_rate  mean share of the settled that comes back by itself in the same days, matched on time since leaving
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $offered_by

with

followed as (

    select offer, absence_id, days_away, days_until, settles_on, settled, returned, shared
    from first_messages($offered_by, $first_day, $last_day, $plan, $interval, $cause, $source)

),

curve as (

    select day, still_gone
    from return_curve($plan, $interval, $cause, $source)
    where at_risk >= 10

),

matched as (

    select
        followed.offer,
        ordered_mean(1 - later.still_gone / nullif(earlier.still_gone, 0)) as natural_rate
    from followed
    join curve as earlier on earlier.day = followed.days_away
    join curve as later on later.day = followed.days_until
    where followed.settled
    group by followed.offer

),

counted as (

    select
        offer,
        count(*) as sent,
        sum(case when settled then 1 else 0 end) as settled,
        sum(case when settled then 0 else 1 end) as settling,
        max(case when not settled then settles_on end) as settles_on,
        sum(case when settled and returned then 1 else 0 end) as returned,
        sum(case when settled and returned and shared then 1 else 0 end) as shared
    from followed
    group by offer

)

select
    cast($offered_by as varchar) as offered_by,
    counted.offer,
    counted.sent,
    cast(counted.settled as bigint) as settled,
    cast(counted.settling as bigint) as settling,
    counted.settles_on,
    cast(counted.returned as bigint) as returned,
    share(counted.returned, counted.settled) as conversion,
    wilson_low(counted.returned, counted.settled) as low,
    wilson_high(counted.returned, counted.settled) as high,
    cast(counted.shared as bigint) as shared,
    matched.natural_rate
from counted
left join matched on matched.offer = counted.offer
order by counted.sent desc, counted.offer;
