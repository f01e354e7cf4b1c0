-- Who left without a usable answer?
--
-- One row per leaver, newest first. The key is the group; (all) means any.
--
--   segment    group when leaving
--   member     number of the member
--   name       name, else e-mail or id
--   left_on    first day without access
--   was_asked  was asked
--   junk       typed something that says nothing
--   plan       plan held when leaving
--   mrr        monthly amount that left
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $grouped_by, $masked, $key

select
    gone.segment,
    gone.member,
    shown_name(people.called, gone.member, $masked) as name,
    gone.left_on,
    gone.asked as was_asked,
    gone.junk,
    cast(gone.plan as varchar) as plan,
    gone.mrr
from asked_leavers($grouped_by, $first_day, $last_day, $plan, $interval, $cause, $source) as gone
join people on people.member = gone.member
where not gone.usable and ($key[1] is null or $key[1] = '(all)' or gone.segment = $key[1])
order by gone.left_on desc, gone.member;
