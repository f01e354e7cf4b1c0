-- How was it decided who is still a member, who left, when and why?
--
-- One row per file, status as written, and what was made of it.
--
--   file_name      the file
--   status_raw     status as the file writes it
--   status         status as it was read
--   outcome        running, paid_up (asked to leave, access runs on), ended, or why it is in no denominator
--   ended_basis    where the end comes from: exported, expiry, last_charge, snapshot_diff or unknown
--   cause          voluntary, involuntary or unknown
--   subscriptions  how many
--   members        how many members they belong to
--
-- Parameters: none

select
    imports.file_name,
    subscriptions.status_raw,
    subscriptions.status,
    case
        when unpaid.why is not null then unpaid.why
        when subscriptions.ended_on <= settings.as_of and subscriptions.switched_to is not null then 'switched'
        when subscriptions.ended_on <= settings.as_of then 'ended'
        when subscriptions.status = 'pending_cancel' then 'paid_up'
        else 'running'
    end as outcome,
    subscriptions.ended_basis,
    subscriptions.cause,
    count(*) as subscriptions,
    count(distinct subscriptions.member_id) as members
from subscriptions
cross join settings
left join imports on imports.import_id = subscriptions.import_id
left join unpaid
    on unpaid.import_id = subscriptions.import_id and unpaid.source_row = subscriptions.source_row
    and unpaid.subscription_id is not distinct from subscriptions.subscription_id
group by
    imports.file_name,
    subscriptions.status_raw,
    subscriptions.status,
    case
        when unpaid.why is not null then unpaid.why
        when subscriptions.ended_on <= settings.as_of and subscriptions.switched_to is not null then 'switched'
        when subscriptions.ended_on <= settings.as_of then 'ended'
        when subscriptions.status = 'pending_cancel' then 'paid_up'
        else 'running'
    end,
    subscriptions.ended_basis,
    subscriptions.cause
order by imports.file_name, subscriptions.status_raw, subscriptions.status, outcome, subscriptions.ended_basis, subscriptions.cause;
