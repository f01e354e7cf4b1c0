-- What the files say of themselves, counted once at load: afterwards no question reads their rows again.

-- one row per file, status as written and what was made of it
create table status_counts as

with

judged as (

    select
        import_id,
        status_raw,
        status,
        case
            when why is not null then why
            when ended_on is not null and switched then 'switched'
            when ended_on is not null then 'ended'
            when status = 'pending_cancel' then 'paid_up'
            else 'running'
        end as outcome,
        ended_basis,
        cause,
        member
    from owned

)

select
    import_id,
    status_raw,
    status,
    outcome,
    ended_basis,
    cause,
    count(*) as subscriptions,
    count(distinct member) as members
from judged
group by import_id, status_raw, status, outcome, ended_basis, cause;

-- one row per file: what it holds, and what came of it
create table file_counts as

with

named as (

    select import_id, member from owned
    union
    select named.import_id, people.member
    from (
        select import_id, member_id from members
        union
        select import_id, member_id from cancellations
        union
        select import_id, member_id from survey_answers
        union
        select import_id, member_id from outreach
        union
        select import_id, member_id from payments
    ) as named
    join people on people.member_id = named.member_id

),

gone as (

    select owned.import_id, count(distinct leavers.spell_id) as leavers
    from leavers
    join owned on owned.member = leavers.member and owned.ended_on = leavers.left_on
    group by owned.import_id

),

counted as (

    select import_id, 'members' as thing, count(*) as found from named group by import_id
    union all
    select import_id, 'subscriptions', count(*) from subscriptions group by import_id
    union all
    select import_id, 'ended', count(*) from subscriptions where ended_on is not null group by import_id
    union all
    select import_id, 'not_counted', count(*) from unpaid group by import_id
    union all
    select import_id, 'not_counted_ended', count(*) from unpaid where not runs group by import_id
    union all
    select import_id, 'leavers', leavers from gone
    union all
    select import_id, 'requests', count(*) from cancellations group by import_id
    union all
    select import_id, 'messages', count(*) from outreach group by import_id
    union all
    select import_id, 'payments', count(*) from payments group by import_id
    union all
    select import_id, 'pauses', count(*) from pauses group by import_id
    union all
    select import_id, 'people', count(*) from members group by import_id

)

select
    import_id,
    sum(case when thing = 'members' then found else 0 end) as members,
    sum(case when thing = 'subscriptions' then found else 0 end) as subscriptions,
    sum(case when thing = 'ended' then found else 0 end) as ended,
    sum(case when thing = 'not_counted' then found else 0 end) as not_counted,
    sum(case when thing = 'not_counted_ended' then found else 0 end) as not_counted_ended,
    sum(case when thing = 'leavers' then found else 0 end) as leavers,
    sum(case when thing = 'requests' then found else 0 end) as requests,
    sum(case when thing = 'messages' then found else 0 end) as messages,
    sum(case when thing = 'payments' then found else 0 end) as payments,
    sum(case when thing = 'pauses' then found else 0 end) as pauses,
    sum(case when thing = 'people' then found else 0 end) as people
from counted
group by import_id;

-- one row per thing that the files say of how many left
create table claim_counts as

select
    'flagged_members' as claim,
    sum(case when tags like '%churn_flag%' then 1 else 0 end) as gone,
    count(*) as of_all
from members
union all
select
    'members_with_answer' as claim,
    count(distinct answers.member) as gone,
    (select count(*) from people) as of_all
from answers
union all
select
    'subscriptions_ended' as claim,
    sum(case when ended_on is not null then 1 else 0 end) as gone,
    count(*) as of_all
from subscriptions
union all
select
    'members_left' as claim,
    sum(case when ended_on is not null then 1 else 0 end) as gone,
    count(*) as of_all
from (select member, case when count(ended_on) = count(*) then max(ended_on) end as ended_on from spells group by member) as last_spells;
