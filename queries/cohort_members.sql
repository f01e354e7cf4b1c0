-- Who first paid in a month, and was a member so many months later?
--
-- One row per member of the cohort whose own anniversary has been reached, those who were members then first. The key is
-- the cohort's first day and the number of months; mean for all cohorts that came so far whole. Without it there is none.
--
--   member      number of the member
--   name        name, else e-mail or id
--   hit         was a member on that day
--   on_day      the day: so many months after the first payment
--   started_on  first paid day
--   plan        plan of that day, or the last one before it
--   mrr         monthly amount of that day; 0 for those who had left
--   left_on     first day without access after the first spell
--
-- Parameters: $key, $plan, $interval, $source, $masked

with

reached as (

    select
        member,
        started_on,
        cast(started_on + to_months(cast($key[2] as integer)) as date) as on_day
    from cohort_starts($plan, $interval, $source) as started
    where started.seen_months >= cast($key[2] as integer)
        and (cast(started.cohort as varchar) = $key[1] or ($key[1] = 'mean' and started.cohort in (
            select cohort
            from cohort_starts($plan, $interval, $source)
            group by cohort
            having min(seen_months) >= cast($key[2] as integer)
        )))

),

held as (

    select
        reached.member,
        reached.started_on,
        reached.on_day,
        stints.plan,
        stints.mrr,
        stints.ended_on is null or stints.ended_on > reached.on_day as hit,
        row_number() over (partition by reached.member order by stints.started_on desc, stints.stint_number desc) as recency
    from reached
    join stints on stints.member = reached.member and stints.started_on <= reached.on_day

)

select
    held.member,
    shown_name(people.called, held.member, $masked) as name,
    held.hit,
    held.on_day,
    held.started_on,
    cast(held.plan as varchar) as plan,
    case when held.hit then held.mrr else 0 end as mrr,
    first_spells.ended_on as left_on
from held
join people on people.member = held.member
join spells as first_spells on first_spells.member = held.member and first_spells.spell_number = 1
where held.recency = 1
order by held.hit desc, held.started_on, held.member;
