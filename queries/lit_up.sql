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

paid as (

    select
        subscriptions.import_id,
        count(*) as subscriptions,
        count(subscriptions.ended_on) as ended
    from subscriptions
    left join unpaid
        on unpaid.import_id = subscriptions.import_id and unpaid.source_row = subscriptions.source_row
        and unpaid.subscription_id is not distinct from subscriptions.subscription_id
    where unpaid.source_row is null
    group by subscriptions.import_id

),

asked as (

    select import_id, count(*) as answers, count(matched_spell_id) as found
    from answers
    group by import_id

),

requested as (

    select import_id, count(*) as requests
    from cancellations
    group by import_id

),

written as (

    select import_id, count(*) as messages
    from outreach
    group by import_id

),

charged as (

    select import_id, count(*) as payments
    from payments
    group by import_id

),

paused as (

    select import_id, count(*) as pauses
    from pauses
    group by import_id

),

described as (

    select import_id, count(*) as people
    from members
    group by import_id

)

select
    imports.file_name,
    coalesce(paid.subscriptions, 0) as subscriptions,
    coalesce(paid.ended, 0) as ended,
    coalesce(asked.answers, 0) as answers,
    coalesce(asked.found, 0) as found,
    coalesce(requested.requests, 0) as requests,
    coalesce(written.messages, 0) as messages,
    coalesce(charged.payments, 0) as payments,
    coalesce(paused.pauses, 0) as pauses,
    coalesce(described.people, 0) as people
from imports
left join paid on paid.import_id = imports.import_id
left join asked on asked.import_id = imports.import_id
left join requested on requested.import_id = imports.import_id
left join written on written.import_id = imports.import_id
left join charged on charged.import_id = imports.import_id
left join paused on paused.import_id = imports.import_id
left join described on described.import_id = imports.import_id
order by imports.import_id;
