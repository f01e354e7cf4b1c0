-- Who makes the difference between a month's churn as it was shown before and as it is now?
--
-- One row per member counted now and not then, or then and not now. The key is the month's first day, then the ids of those
-- counted then.
--
--   member      number of the member
--   name        name, else e-mail or id
--   restated    added or dropped
--   cause       voluntary, involuntary or unknown; empty for those dropped
--   left_on     first day without access, as it is known now
--
-- Parameters: $masked, $key

with

now_counted as (

    select gone.member, gone.cause, gone.left_on
    from leavers_from_start('month', null, null, null, null, null, null) as gone
    where not gone.back and cast(gone.period_start as varchar) = $key[1]

)

select
    people.member,
    shown_name(people.called, people.member, $masked) as name,
    case when now_counted.member is null then 'dropped' else 'added' end as restated,
    cast(now_counted.cause as varchar) as cause,
    now_counted.left_on
from people
left join now_counted on now_counted.member = people.member
where (now_counted.member is not null) <> coalesce(list_contains($key, people.member_id), false)
order by case when now_counted.member is null then 1 else 0 end, now_counted.left_on, people.member;
