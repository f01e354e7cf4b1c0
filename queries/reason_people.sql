-- Who left for a reason?
--
-- One row per answer that names it, newest first; for no_answer one per leaver (or answer) without a usable answer. The key
-- is the reason, then the wording, then the first day of a period; an empty one means any.
--
--   member   number of the member
--   name     name, else e-mail or id
--   day      day of leaving, or of the answer where every answer counts
--   reasons  all reasons of the answer
--   plan     plan held when leaving
--   mrr      monthly amount that left
--   comment  what was written, names and numbers masked
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $cause, $source, $unit, $masked, $key

with

spoken as (

    select
        chosen.answer,
        chosen.member,
        chosen.counted_on,
        chosen.usable,
        chosen.plan,
        chosen.mrr,
        case when chosen.answered then chosen.comment end as comment
    from chosen_answers($unit, $plan, $interval, $cause, $source) as chosen

),

naming as (

    select answer
    from named_reasons
    where ($key[1] is null or cast(reason as varchar) = $key[1])
        and (coalesce($key[2], '') = '' or coalesce(wording, '(none)') = $key[2])
    group by answer

),

found as (

    select spoken.answer, spoken.member, spoken.counted_on, spoken.plan, spoken.mrr, spoken.comment
    from spoken
    join naming on naming.answer = spoken.answer
    where spoken.usable
    union all
    select answer, member, counted_on, plan, mrr, comment
    from spoken
    where $key[1] = 'no_answer' and $unit = 'answer' and not usable
    union all
    select
        gone.answer,
        gone.member,
        gone.left_on as counted_on,
        gone.plan,
        gone.mrr,
        null as comment
    from asked_leavers('none', null, null, $plan, $interval, $cause, $source) as gone
    where $key[1] = 'no_answer' and $unit <> 'answer' and not gone.usable

),

all_named as (

    select answer, array_to_string(list_sort(list(distinct cast(reason as varchar))), ', ') as reasons
    from named_reasons
    group by answer

)

select
    found.member,
    shown_name(people.called, found.member, $masked) as name,
    found.counted_on as day,
    all_named.reasons,
    cast(found.plan as varchar) as plan,
    found.mrr,
    found.comment
from found
join people on people.member = found.member
left join all_named on all_named.answer = found.answer
where ($first_day is null or $key[3] is not null or found.counted_on >= $first_day)
    and ($last_day is null or $key[3] is not null or found.counted_on <= $last_day)
    and ($key[3] is null or cast(period_of(found.counted_on, $grain) as varchar) = $key[3])
order by found.counted_on desc, found.member;
