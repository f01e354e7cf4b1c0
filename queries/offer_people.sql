-- Who came back after an offer?
--
-- One row per leaver who returned within the win-back days of a settled message, newest first. The key is the offer.
--
--   offer        incentive or campaign
--   member       number of the member
--   name         name, else e-mail or id
--   left_on      first day without access
--   written_on   first message of the offer
--   returned_on  start of the next paid time
--   shared       another offer claims the return too
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $offered_by, $masked, $key

select
    followed.offer,
    followed.member,
    shown_name(people.called, followed.member, $masked) as name,
    followed.left_on,
    followed.assigned_on as written_on,
    followed.returned_on,
    followed.shared
from first_messages($offered_by, $first_day, $last_day, $plan, $interval, $cause, $source) as followed
join people on people.member = followed.member
where followed.settled and followed.returned and ($key[1] is null or followed.offer = $key[1])
order by followed.returned_on desc, followed.member, followed.offer;
