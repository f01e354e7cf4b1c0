-- Which messages fit no leaving, or claim a return that another one claims?
--
-- One row per message, newest first. The first five kinds count in no rate; a shared return counts once, for the last message.
--
--   problem      undated, unknown_member, never_left, before_leaving, after_return, after_data or shared_return
--   member       number of the member
--   name         name, else e-mail or id
--   campaign     campaign of the message
--   incentive    what was offered
--   written_on   day of the message
--   left_on      end of the paid time before it
--   returned_on  start of the next paid time
--
-- Parameters: $masked

with

claims as (

    select
        message,
        row_number() over (partition by absence_id order by assigned_on desc, message desc) as recency,
        count(*) over (partition by absence_id) as messages,
        min(campaign || incentive) over (partition by absence_id) <> max(campaign || incentive) over (partition by absence_id)
            as several
    from messages
    where problem is null and arm = 'treated' and settled and returned

),

left_ever as (

    select distinct member from spells

),

judged as (

    select
        messages.message,
        case
            when messages.problem = 'undated' then 'undated'
            when not people.described and not people.subscribed then 'unknown_member'
            when messages.problem = 'before_leaving' and left_ever.member is null then 'never_left'
            when messages.problem is not null then messages.problem
            when claims.several and claims.recency > 1 then 'shared_return'
        end as problem
    from messages
    join people on people.member = messages.member
    left join left_ever on left_ever.member = messages.member
    left join claims on claims.message = messages.message

)

select
    judged.problem,
    messages.member,
    shown_name(people.called, messages.member, $masked) as name,
    messages.campaign,
    messages.incentive,
    messages.assigned_on as written_on,
    messages.left_on,
    messages.returned_on
from judged
join messages on messages.message = judged.message
join people on people.member = messages.member
where judged.problem is not null
order by messages.assigned_on desc, messages.message;
