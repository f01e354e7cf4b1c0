-- Who of those who left was written to?
--
-- One row per leaver written to, newest first. The key is the group; (all) means any.
--
--   segment     group when leaving
--   member      number of the member
--   name        name, else e-mail or id
--   left_on     first day without access
--   written_on  first message after it
--   days        days from one to the other
--   plan        plan held when leaving
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $grouped_by, $masked, $key

with

first_messages as (

    select absence_id, min(coalesce(sent_on, assigned_on)) as written_on
    from messages
    where problem is null and arm = 'treated' and sent
    group by absence_id

),

reached as (

    select
        gone.segment,
        gone.member,
        gone.left_on,
        gone.plan,
        first_messages.written_on,
        first_messages.written_on - gone.left_on as days,
        first_messages.written_on is null and withheld.member is not null as not_to_contact
    from asked_leavers($grouped_by, $first_day, $last_day, $plan, $interval, $cause, $source) as gone
    left join withheld_people() as withheld on withheld.member = gone.member
    left join absences on absences.member = gone.member and absences.left_on = gone.left_on
    left join first_messages on first_messages.absence_id = absences.absence_id

)

select
    reached.segment,
    reached.member,
    shown_name(people.called, reached.member, $masked) as name,
    reached.left_on,
    reached.written_on,
    reached.days,
    cast(reached.plan as varchar) as plan
from reached
join people on people.member = reached.member
where reached.written_on is not null and ($key[1] is null or $key[1] = '(all)' or reached.segment = $key[1])
order by reached.left_on desc, reached.member;
