-- Which offer is followed by a return, and would they have come anyway?
--
-- One row per incentive, most messages first. A leaver counts once per incentive, from its first message. Conversion, not
-- effect: for that see winback_lift.
--
--   incentive     what was offered
--   sent          leavers written to with it
--   settled       of these, the win-back days have passed
--   settling      of these, not yet; in no rate
--   settles_on    day on which the last of them settles
--   returned      of the settled, returned within the win-back days
--   conversion    returned per settled
--   low           lower end of its 95 % Wilson interval
--   high          upper end of its 95 % Wilson interval
--   shared        of the returned, also claimed by another incentive
--   natural_rate  mean share of the settled that comes back by itself in the same days, matched on time since leaving
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source

with

firsts as (

    select
        incentive,
        absence_id,
        min(assigned_on) as assigned_on,
        min(left_on) as left_on,
        min(returned_on) as returned_on
    from chosen_messages($plan, $interval, $cause, $source)
    where arm = 'treated'
        and ($first_day is null or assigned_on >= $first_day) and ($last_day is null or assigned_on <= $last_day)
    group by incentive, absence_id

),

followed as (

    select
        firsts.incentive,
        firsts.absence_id,
        firsts.assigned_on - firsts.left_on as days_away,
        firsts.assigned_on + settings.winback_days as settles_on,
        firsts.assigned_on + settings.winback_days <= settings.as_of as settled,
        coalesce(firsts.returned_on - firsts.assigned_on <= settings.winback_days, false) as returned,
        count(*) over (partition by firsts.absence_id) > 1 as shared
    from firsts
    cross join settings

),

curve as (

    select day, still_gone
    from return_curve($plan, $interval, $cause, $source)
    where at_risk >= 10

),

matched as (

    select
        followed.incentive,
        avg(1 - later.still_gone / nullif(earlier.still_gone, 0)) as natural_rate
    from followed
    cross join settings
    join curve as earlier on earlier.day = followed.days_away
    join curve as later on later.day = followed.days_away + settings.winback_days
    where followed.settled
    group by followed.incentive

),

counted as (

    select
        incentive,
        count(*) as sent,
        sum(case when settled then 1 else 0 end) as settled,
        sum(case when settled then 0 else 1 end) as settling,
        max(case when not settled then settles_on end) as settles_on,
        sum(case when settled and returned then 1 else 0 end) as returned,
        sum(case when settled and returned and shared then 1 else 0 end) as shared
    from followed
    group by incentive

)

select
    counted.incentive,
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
left join matched on matched.incentive = counted.incentive
order by counted.sent desc, counted.incentive;
