-- What does the data hold for each page, and what does it lack?
--
-- One row per thing that a page is drawn from.
--
--   thing  paid, ends, plans, prices, causes, sources, answers, requests, messages, holdouts or payments
--   page   the page that it lights up
--   found  how many there are
--
-- Parameters: none

select thing, page, found
from (
    select 1 as place, 'paid' as thing, 'churn' as page, (select count(*) from spells) as found
    union all
    select 2, 'ends', 'churn', (select count(*) from leavers)
    union all
    select 3, 'causes', 'churn', (select count(*) from leavers where cause <> 'unknown')
    union all
    select 4, 'plans', 'churn', (select count(*) from stints where plan <> '(none)')
    union all
    select 5, 'prices', 'churn', (select count(*) from stints where mrr > 0)
    union all
    select 6, 'sources', 'staying', (select count(*) from people where source <> '(none)')
    union all
    select 7, 'answers', 'reasons', (select count(*) from answers where usable)
    union all
    select 8, 'requests', 'farewell', (select cast(coalesce(sum(requests), 0) as bigint) from file_counts)
    union all
    select 9, 'messages', 'winback', (select count(*) from messages where problem is null and arm = 'treated')
    union all
    select 10, 'holdouts', 'winback', (select count(*) from messages where problem is null and arm = 'holdout')
    union all
    select 11, 'payments', 'churn', (select cast(coalesce(sum(payments), 0) as bigint) from file_counts)
) as things
order by place;
