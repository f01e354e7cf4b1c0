-- Who came back in which week after the message?
--
-- One row per leaver who returned within the win-back days, newest first. The key is the number of the week, from 0.
--
--   week         weeks passed since the first message
--   member       number of the member
--   name         name, else e-mail or id
--   left_on      first day without access
--   written_on   first message
--   returned_on  start of the next paid time
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $masked, $key

select
    cast(floor((back.returned_on - back.assigned_on) / 7.0) as integer) as week,
    back.member,
    shown_name(people.called, back.member, $masked) as name,
    back.left_on,
    back.assigned_on as written_on,
    back.returned_on
from first_messages('none', $first_day, $last_day, $plan, $interval, $cause, $source) as back
join people on people.member = back.member
where back.settled and back.returned
    and ($key[1] is null or floor((back.returned_on - back.assigned_on) / 7.0) = cast($key[1] as double))
order by back.returned_on desc, back.member;
