-- Who came back with which incentive, and why had they left?
--
-- One row per returner and reason that they had given, newest first. The key is the incentive, then the reason.
--
--   incentive    what was offered
--   reason       reason given when leaving; no_answer: none was named
--   member       number of the member
--   name         name, else e-mail or id
--   left_on      first day without access
--   written_on   first message with it
--   returned_on  start of the next paid time
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $masked, $key

with

written as (

    select
        followed.offer as incentive,
        followed.member,
        followed.left_on,
        followed.assigned_on,
        followed.returned_on,
        followed.returned
    from first_messages('incentive', $first_day, $last_day, $plan, $interval, $cause, $source) as followed
    where followed.settled

),

told as (

    select
        named.reason,
        written.incentive,
        written.member,
        written.left_on,
        written.assigned_on,
        written.returned_on,
        written.returned
    from written
    join leaving_reasons() as named on named.member = written.member and named.left_on = written.left_on

)

select
    told.incentive,
    told.reason,
    told.member,
    shown_name(people.called, told.member, $masked) as name,
    told.left_on,
    told.assigned_on as written_on,
    told.returned_on
from told
join people on people.member = told.member
where told.returned
    and ($key[1] is null or told.incentive = $key[1]) and ($key[2] is null or told.reason = $key[2])
order by told.returned_on desc, told.member, told.incentive, told.assigned_on, told.reason;
