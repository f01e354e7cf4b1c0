-- What did each file bring?
--
-- One row per file, in the order in which they came.
--
--   file_name       name of the file
--   system          the system that made it
--   kind            what it holds
--   as_of           day up to which it is complete
--   as_of_basis     asked, file_name or newest_row
--   rows_read       rows of the file
--   rows_taken      rows used
--   rows_set_aside  rows not used, each with a finding
--   members         distinct members named in it
--   subscriptions   subscriptions in it
--   leavers         spells that ended with one of its subscriptions
--   not_counted     subscriptions in no denominator: trials, free, lifetime, never paid, end unknown
--
-- Parameters: none

with

named as (

    select import_id, member_id from members
    union
    select import_id, member_id from subscriptions
    union
    select import_id, member_id from cancellations
    union
    select import_id, member_id from survey_answers
    union
    select import_id, member_id from outreach
    union
    select import_id, member_id from payments

),

by_members as (

    select import_id, count(*) as members
    from named
    where member_id is not null
    group by import_id

),

by_subscriptions as (

    select import_id, count(*) as subscriptions
    from subscriptions
    group by import_id

),

left_out as (

    select import_id, count(*) as not_counted
    from unpaid
    group by import_id

),

gone as (

    select subscriptions.import_id, count(distinct leavers.spell_id) as leavers
    from leavers
    join people on people.member = leavers.member
    join subscriptions on subscriptions.member_id = people.member_id and subscriptions.ended_on = leavers.left_on
    group by subscriptions.import_id

)

select
    imports.file_name,
    imports.system,
    imports.kind,
    imports.as_of,
    imports.as_of_basis,
    imports.rows_read,
    imports.rows_taken,
    imports.rows_set_aside,
    coalesce(by_members.members, 0) as members,
    coalesce(by_subscriptions.subscriptions, 0) as subscriptions,
    coalesce(gone.leavers, 0) as leavers,
    coalesce(left_out.not_counted, 0) as not_counted
from imports
left join by_members on by_members.import_id = imports.import_id
left join by_subscriptions on by_subscriptions.import_id = imports.import_id
left join gone on gone.import_id = imports.import_id
left join left_out on left_out.import_id = imports.import_id
order by imports.import_id;
