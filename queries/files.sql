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

select
    imports.file_name,
    imports.system,
    imports.kind,
    imports.as_of,
    imports.as_of_basis,
    imports.rows_read,
    imports.rows_taken,
    imports.rows_set_aside,
    cast(coalesce(file_counts.members, 0) as bigint) as members,
    cast(coalesce(file_counts.subscriptions, 0) as bigint) as subscriptions,
    cast(coalesce(file_counts.leavers, 0) as bigint) as leavers,
    cast(coalesce(file_counts.not_counted, 0) as bigint) as not_counted
from imports
left join file_counts on file_counts.import_id = imports.import_id
order by imports.import_id;
