-- How far do the messages to those who left get?
--
-- One row per stage, in order. A leaver counts once, however many messages they got; messages whose win-back days have not
-- passed are in no stage. Opens are unreliable.
--
--   stage    sent, delivered, opened, clicked, replied or returned
--   reached  leavers who got so far; null where no file tells this stage
--   sent     leavers written to
--   share    reached per sent
--   low      lower end of its 95 % Wilson interval
--   high     upper end of its 95 % Wilson interval
--   settling  leavers all of whose messages can still bring them back: in no stage
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source

with

written_to as (

    select
        absence_id,
        max(case when delivered then 1 else 0 end) as delivered,
        max(case when opened then 1 else 0 end) as opened,
        max(case when clicked then 1 else 0 end) as clicked,
        max(case when replied then 1 else 0 end) as replied,
        max(case when returned then 1 else 0 end) as returned
    from chosen_messages($plan, $interval, $cause, $source)
    where arm = 'treated' and sent and settled
        and ($first_day is null or assigned_on >= $first_day) and ($last_day is null or assigned_on <= $last_day)
    group by absence_id

),

summed as (

    select
        count(*) as sent,
        sum(delivered) as delivered,
        sum(opened) as opened,
        sum(clicked) as clicked,
        sum(replied) as replied,
        sum(returned) as returned
    from written_to

),

waiting as (

    select count(*) as settling
    from (
        select absence_id
        from chosen_messages($plan, $interval, $cause, $source)
        where arm = 'treated' and sent
            and ($first_day is null or assigned_on >= $first_day) and ($last_day is null or assigned_on <= $last_day)
        group by absence_id
        having sum(case when settled then 1 else 0 end) = 0
    ) as open_ones

),

known as (

    select
        max(case when delivered then 1 else 0 end) as delivered,
        max(case when opened then 1 else 0 end) as opened,
        max(case when clicked then 1 else 0 end) as clicked,
        max(case when replied then 1 else 0 end) as replied
    from messages

),

stages as (

    select 1 as place, 'sent' as stage, sent as reached, sent from summed
    union all
    select 2, 'delivered', case when known.delivered = 1 then summed.delivered end, summed.sent from summed cross join known
    union all
    select 3, 'opened', case when known.opened = 1 then summed.opened end, summed.sent from summed cross join known
    union all
    select 4, 'clicked', case when known.clicked = 1 then summed.clicked end, summed.sent from summed cross join known
    union all
    select 5, 'replied', case when known.replied = 1 then summed.replied end, summed.sent from summed cross join known
    union all
    select 6, 'returned', returned, sent from summed

)

select
    stage,
    cast(reached as bigint) as reached,
    sent,
    share(reached, sent) as share,
    wilson_low(reached, sent) as low,
    wilson_high(reached, sent) as high,
    waiting.settling
from stages
cross join waiting
where sent > 0
order by place;
