-- What did they write?
--
-- One row per comment that says something, newest first. Every word looked for must stand in it, whatever its case and accents.
--
--   member   number of the member
--   name     name, else e-mail or id
--   day      day of leaving, or of the answer where every answer counts
--   reasons  all reasons of the answer
--   plan     plan held when leaving
--   comment  what was written, names and numbers masked
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $unit, $words, $reason, $masked

with

said as (

    select answer, member, counted_on, plan, comment
    from chosen_comments($words, $reason, $first_day, $last_day, $unit, $plan, $interval, $cause, $source)

),

all_named as (

    select answer, array_to_string(list_sort(list(distinct cast(reason as varchar))), ', ') as reasons
    from named_reasons
    group by answer

)

select
    said.member,
    shown_name(people.called, said.member, $masked) as name,
    said.counted_on as day,
    all_named.reasons,
    cast(said.plan as varchar) as plan,
    said.comment
from said
join people on people.member = said.member
left join all_named on all_named.answer = said.answer
order by said.counted_on desc, said.answer;
