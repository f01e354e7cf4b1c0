-- Who is on a to-do list, with what a letter to them needs?
--
-- One row per member of the list chosen, most urgent first. Whoever asked, in any file, not to be written to is never on it.
--
--   member      number of the member in this data set
--   first_name  first name, empty where it is not known
--   name        name, or the number where it is not known or masked
--   email       e-mail address, where known
--   plan        plan held, or held last
--   reason      reason codes given, joined with ;
--   day         when it began (left, written to, asked, failed) or falls due (offer, last paid day)
--   days        days from then to as_of; negative: still to come
--   left_on     first day without access; in the future for those who are paid up
--   days_since_leaving  days since left_on, where they have left
--   detail      offer or channel
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $promise_hours, $todo, $masked

with

listed as (

    select
        todos.member,
        min(todos.day) as day,
        max(todos.left_on) as left_on,
        max_by(todos.plan, todos.day) as plan,
        max(todos.answer) as answer,
        max(todos.detail) as detail
    from todos($plan, $interval, $cause, $source, $first_day, $last_day, $promise_hours) as todos
    where todos.todo = $todo and todos.member not in (select member from withheld_people())
    group by todos.member

),

told as (

    select
        answer,
        string_agg(distinct cast(reason as varchar), ';' order by cast(reason as varchar)) as reason
    from named_reasons
    group by answer

),

named as (

    select
        member,
        name,
        coalesce(email_norm, case when member_id like '%@%' then member_id end) as email,
        split_part(trim(case when name like '%,%' then split_part(name, ',', 2) else name end), ' ', 1) as first_name
    from people

)

select
    listed.member,
    case when $masked = 'yes' then null else nullif(named.first_name, '') end as first_name,
    shown_name(named.name, listed.member, $masked) as name,
    shown_email(named.email, $masked) as email,
    listed.plan,
    told.reason,
    listed.day,
    settings.as_of - listed.day as days,
    listed.left_on,
    case when listed.left_on <= settings.as_of then settings.as_of - listed.left_on end as days_since_leaving,
    listed.detail
from listed
cross join settings
join named on named.member = listed.member
left join told on told.answer = listed.answer
order by case
        when $todo in ('never_contacted', 'ask_again') then settings.as_of - listed.left_on
        else listed.day - date '1900-01-01'
    end, listed.member;
