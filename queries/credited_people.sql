-- Who came back, and which message is credited with it?
--
-- One row per return, newest first. The key is the incentive.
--
--   incentive      what the last message before the return offered
--   member         number of the member
--   name           name, else e-mail or id
--   campaign       campaign of that message
--   left_on        first day without access
--   returned_on    start of the next paid time
--   mrr            monthly amount since
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $masked, $key

select
    back.incentive,
    back.member,
    shown_name(people.called, back.member, $masked) as name,
    back.campaign,
    back.left_on,
    back.returned_on,
    back.mrr
from credited_returns($first_day, $last_day, $plan, $interval, $cause, $source) as back
join people on people.member = back.member
where $key[1] is null or back.incentive = $key[1]
order by back.returned_on desc, back.member;
