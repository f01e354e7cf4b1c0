-- Who came back by themselves?
--
-- One row per leaver who returned before any message, newest first. The key is the number of days since leaving.
--
--   member       number of the member
--   name         name, else e-mail or id
--   left_on      first day without access
--   returned_on  start of the next paid time
--   days_away    days from one to the other
--   plan         plan held when leaving
--
-- Parameters: $plan, $interval, $cause, $source, $masked, $key

with

first_messages as (

    select absence_id, min(assigned_on) as first_message_on
    from messages
    where problem is null and arm = 'treated'
    group by absence_id

)

select
    gone.member,
    shown_name(people.called, gone.member, $masked) as name,
    gone.left_on,
    gone.returned_on,
    gone.returned_on - gone.left_on as days_away,
    cast(gone.plan as varchar) as plan
from chosen_absences($plan, $interval, $cause, $source) as gone
join people on people.member = gone.member
cross join settings
left join first_messages on first_messages.absence_id = gone.absence_id
where gone.returned_on <= coalesce(first_messages.first_message_on, settings.as_of)
    and ($key[1] is null or gone.returned_on - gone.left_on <= cast($key[1] as double))
order by gone.returned_on desc, gone.member;
