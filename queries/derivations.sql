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
    status_counts.status_raw,
    status_counts.status,
    status_counts.outcome,
    status_counts.ended_basis,
    status_counts.cause,
    status_counts.subscriptions,
    status_counts.members
from status_counts
left join imports on imports.import_id = status_counts.import_id
order by
    imports.file_name,
    status_counts.status_raw,
    status_counts.status,
    status_counts.outcome,
    status_counts.ended_basis,
    status_counts.cause;
