-- How many survey answers found the leaving that they speak of?
--
-- One row per file of answers and kind of match.
--
--   file_name  the file
--   matched    end of a spell, request to cancel, or nothing
--   answers    answers of that kind
--   of_all     all answers of the file
--   share      answers per of_all
--
-- Parameters: none

with

sorted as (

    select
        import_id,
        case
            when spell_id is not null then 'end'
            when matched_spell_id is not null then 'request'
            else 'nothing'
        end as matched,
        count(*) as answers
    from answers
    group by import_id, matched

)

select
    imports.file_name,
    sorted.matched,
    sorted.answers,
    cast(sum(sorted.answers) over (partition by sorted.import_id) as bigint) as of_all,
    share(sorted.answers, sum(sorted.answers) over (partition by sorted.import_id)) as share
from sorted
left join imports on imports.import_id = sorted.import_id
order by imports.file_name, sorted.matched;
