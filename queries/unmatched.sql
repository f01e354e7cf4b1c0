-- Which survey answers and messages found no leaving, and why?
--
-- One row per answer or message, by file and line.
--
--   file_name   name of the file
--   source_row  line of a CSV, row of a sheet
--   what        answer or message
--   member_id   whom it speaks of
--   day         when it was given or sent
--   why         stranger, unpaid, stays, undated, too_far, before_leaving or after_return
--   nearest_on  the member's leaving or request that lies nearest to it
--
-- Parameters: none

with

events as (

    select member, left_on as day from leavers
    union
    select people.member, cast(cancellations.requested_at as date)
    from cancellations
    join people on people.member_id = cancellations.member_id
    where cancellations.outcome is distinct from 'saved' and cancellations.requested_at is not null

),

lost_answers as (

    select
        answers.import_id,
        survey_answers.source_row,
        'answer' as what,
        answers.member,
        answers.day,
        cast(null as varchar) as problem
    from answers
    join survey_answers
        on survey_answers.import_id = answers.import_id and survey_answers.answer_id = answers.answer_id
    where answers.matched_spell_id is null

),

numbered_messages as (

    select
        cast(row_number() over (order by outreach.import_id, outreach.source_row) as integer) as message,
        outreach.import_id,
        outreach.source_row
    from outreach
    join people on people.member_id = outreach.member_id

),

lost as (

    select import_id, source_row, what, member, day, problem
    from lost_answers
    union all
    select
        numbered_messages.import_id,
        numbered_messages.source_row,
        'message',
        messages.member,
        messages.assigned_on,
        messages.problem
    from messages
    join numbered_messages on numbered_messages.message = messages.message
    where messages.problem is not null

),

nearest as (

    select
        lost.import_id,
        lost.source_row,
        lost.what,
        min_by(events.day, abs(lost.day - events.day)) as nearest_on,
        count(events.day) as events
    from lost
    left join events on events.member = lost.member
    group by lost.import_id, lost.source_row, lost.what

)

select
    imports.file_name,
    lost.source_row,
    lost.what,
    people.member_id,
    lost.day,
    case
        when lost.day is null then 'undated'
        when people.member_id not in (select member_id from subscriptions where member_id is not null) then 'stranger'
        when lost.member not in (select member from spells) then 'unpaid'
        when nearest.events = 0 then 'stays'
        else coalesce(lost.problem, 'too_far')
    end as why,
    nearest.nearest_on
from lost
join people on people.member = lost.member
join imports on imports.import_id = lost.import_id
join nearest
    on nearest.import_id = lost.import_id and nearest.source_row = lost.source_row and nearest.what = lost.what
order by imports.file_name, lost.source_row, lost.what;
