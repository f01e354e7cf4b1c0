-- Who got how far after being written to?
--
-- One row per leaver who reached the stage, newest first; messages whose win-back days have passed. The key is the stage: sent, delivered, opened, clicked, replied or
-- returned.
--
--   member       number of the member
--   name         name, else e-mail or id
--   left_on      first day without access
--   written_on   first message
--   messages     how many they got
--   returned_on  start of the next paid time, where it followed within the win-back days
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $masked, $key

with

written_to as (

    select
        absence_id,
        min(member) as member,
        min(left_on) as left_on,
        min(assigned_on) as written_on,
        count(*) as messages,
        min(case when returned then returned_on end) as returned_on,
        max(case when delivered then 1 else 0 end) as delivered,
        max(case when opened then 1 else 0 end) as opened,
        max(case when clicked then 1 else 0 end) as clicked,
        max(case when replied then 1 else 0 end) as replied,
        max(case when returned then 1 else 0 end) as returned
    from chosen_messages($plan, $interval, $cause, $source)
    where arm = 'treated' and sent and settled
        and ($first_day is null or assigned_on >= $first_day) and ($last_day is null or assigned_on <= $last_day)
    group by absence_id

)

select
    written_to.member,
    shown_name(people.called, written_to.member, $masked) as name,
    written_to.left_on,
    written_to.written_on,
    written_to.messages,
    written_to.returned_on
from written_to
join people on people.member = written_to.member
where case coalesce($key[1], 'sent')
    when 'delivered' then written_to.delivered
    when 'opened' then written_to.opened
    when 'clicked' then written_to.clicked
    when 'replied' then written_to.replied
    when 'returned' then written_to.returned
    else 1
end = 1
order by written_to.written_on desc, written_to.member;
