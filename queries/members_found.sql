-- Which members bear this name or e-mail address?
--
-- One row per member found, at most fifty, by name. The words may be any part of a name or address, or # and a number.
--
--   member     number of the member in this data set
--   name       name, or the number where it is not known or masked
--   email      e-mail address, where known
--   plan       plan held, or held last
--   joined_on  first paid day
--   left_on    first day without access; null for members
--   matches    how many were found in all
--
-- Parameters: $member, $masked

with

found as (

    select
        member,
        name,
        coalesce(email_norm, case when member_id like '%@%' then member_id end) as email
    from people
    where case
        when $member = '' then false
        when $member like '#%' then concat('#', member) = $member
        else contains(lower(coalesce(name, '')), lower($member)) or contains(lower(member_id), lower($member))
            or contains(coalesce(email_norm, ''), lower($member))
    end

),

held as (

    select
        found.member,
        min(stints.started_on) as joined_on,
        max_by(cast(stints.plan as varchar), (stints.started_on, stints.stint_number)) as plan,
        case when count(stints.ended_on) = count(*) then max(stints.ended_on) end as left_on
    from found
    join stints on stints.member = found.member
    group by found.member

)

select
    found.member,
    shown_name(found.name, found.member, $masked) as name,
    shown_email(found.email, $masked) as email,
    held.plan,
    held.joined_on,
    held.left_on,
    count(*) over () as matches
from found
left join held on held.member = found.member
order by found.name nulls last, found.member
limit 50;
