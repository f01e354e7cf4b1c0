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
    select member, requested_on from farewells where outcome is distinct from 'saved'

),

lost as (

    select import_id, source_row, 'answer' as what, member, day, cast(null as varchar) as problem
    from answers
    where matched_spell_id is null
    union all
    select import_id, source_row, 'message', member, assigned_on, problem
    from messages
    where problem is not null

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
        when not people.subscribed then 'stranger'
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
