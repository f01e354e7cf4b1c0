-- What is there to do today?
--
-- One row per to-do list, empty ones too.
--
--   todo      never_contacted, ask_again, late_requests, offer_ends, paid_up or card_to_update
--   members   people on it
--   oldest    day of the one that waits longest, or falls due first
--   withheld  people left out because they asked, in any file, not to be written to
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $promise_hours

with

lists as (

    select
        unnest(['never_contacted', 'ask_again', 'late_requests', 'offer_ends', 'paid_up', 'card_to_update']) as todo,
        unnest([1, 2, 3, 4, 5, 6]) as place

),

counted as (

    select
        todos.todo,
        count(distinct case when withheld.member is null then todos.member end) as members,
        min(case when withheld.member is null then todos.day end) as oldest,
        count(distinct withheld.member) as withheld
    from todos($plan, $interval, $cause, $source, $first_day, $last_day, $promise_hours) as todos
    left join withheld_people() as withheld on withheld.member = todos.member
    group by todos.todo

)

select
    lists.todo,
    coalesce(counted.members, 0) as members,
    counted.oldest,
    coalesce(counted.withheld, 0) as withheld
from lists
left join counted on counted.todo = lists.todo
order by lists.place;
