-- Who of a compared offer and of its hold-out came back?
--
-- One row per leaver who returned within the win-back days, newest first. The key is the incentive.
--
--   incentive    what was offered
--   arm          treated or holdout
--   campaign     campaign of the message, or of the hold-out
--   member       number of the member
--   name         name, else e-mail or id
--   left_on      first day without access
--   assigned_on  day of the message, or of being held out
--   returned_on  start of the next paid time
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $masked, $key

select
    arms.incentive,
    arms.arm,
    arms.campaign,
    arms.member,
    shown_name(people.called, arms.member, $masked) as name,
    arms.left_on,
    arms.assigned_on,
    arms.returned_on
from campaign_arms($first_day, $last_day, $plan, $interval, $cause, $source) as arms
join people on people.member = arms.member
where arms.returned = 1 and ($key[1] is null or arms.incentive = $key[1])
order by arms.arm desc, arms.returned_on desc, arms.member, arms.campaign, arms.incentive, arms.assigned_on;
