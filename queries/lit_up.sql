-- What did each file light up?
--
-- One row per file, in the order in which they came.
--
--   file_name      name of the file
--   subscriptions  paid memberships in it
--   ended          of these, ended
--   answers        survey answers and invitations in it
--   found          of these, those that found a leaving or a request to cancel
--   requests       requests to cancel in it
--   messages       messages to leavers in it, hold-outs included
--   payments       charges in it
--   pauses         pauses in it
--   people         members described in it
--
-- Parameters: none

with

asked as (

    select import_id, count(*) as answers, count(matched_spell_id) as found
    from answers
    group by import_id

)

select
    imports.file_name,
    cast(coalesce(file_counts.subscriptions - file_counts.not_counted, 0) as bigint) as subscriptions,
    cast(coalesce(file_counts.ended - file_counts.not_counted_ended, 0) as bigint) as ended,
    coalesce(asked.answers, 0) as answers,
    coalesce(asked.found, 0) as found,
    cast(coalesce(file_counts.requests, 0) as bigint) as requests,
    cast(coalesce(file_counts.messages, 0) as bigint) as messages,
    cast(coalesce(file_counts.payments, 0) as bigint) as payments,
    cast(coalesce(file_counts.pauses, 0) as bigint) as pauses,
    cast(coalesce(file_counts.people, 0) as bigint) as people
from imports
left join file_counts on file_counts.import_id = imports.import_id
left join asked on asked.import_id = imports.import_id
order by imports.import_id;
