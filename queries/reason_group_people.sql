-- Who of a group left for a reason?
--
-- One row per answer that names it, newest first. The key is the group, then the reason.
--
--   segment  group when leaving
--   member   number of the member
--   name     name, else e-mail or id
--   day      day of leaving, or of the answer where every answer counts
--   plan     plan held when leaving
--   comment  what was written, names and numbers masked
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $unit, $grouped_by, $masked, $key

with

naming as (

    select answer
    from named_reasons
    where $key[2] is null or cast(reason as varchar) = $key[2]
    group by answer

)

select
    spoken.segment,
    spoken.member,
    shown_name(people.called, spoken.member, $masked) as name,
    spoken.counted_on as day,
    cast(answers.plan as varchar) as plan,
    answers.comment
from grouped_answers($grouped_by, $unit, $first_day, $last_day, $plan, $interval, $cause, $source) as spoken
join naming on naming.answer = spoken.answer
join answers on answers.answer = spoken.answer
join people on people.member = spoken.member
where $key[1] is null or spoken.segment = $key[1]
order by spoken.counted_on desc, spoken.member;
