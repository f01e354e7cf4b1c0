-- Loads one canonical table from the Parquet file at $path; columns are matched by name.

-- section: imports
insert into imports by name select * from read_parquet($path);

-- section: findings
insert into findings by name select * from read_parquet($path);

-- section: originals
insert into originals by name select * from read_parquet($path);

-- section: members
insert into members by name select * from read_parquet($path);

-- section: subscriptions
insert into subscriptions by name select * from read_parquet($path);

-- section: pauses
insert into pauses by name select * from read_parquet($path);

-- section: cancellations
insert into cancellations by name select * from read_parquet($path);

-- section: survey_answers
insert into survey_answers by name select * from read_parquet($path);

-- section: answer_reasons
insert into answer_reasons by name select * from read_parquet($path);

-- section: outreach
insert into outreach by name select * from read_parquet($path);

-- section: payments
insert into payments by name select * from read_parquet($path);

-- section: rows
select coalesce(sum(num_rows), 0) from parquet_file_metadata($path);

-- section: as_of
select coalesce(max(as_of) filter (kind = 'subscriptions'), max(as_of)) as as_of,
    max(observed_from) filter (kind = 'subscriptions') as observed_from
from imports;

-- section: settings
insert into settings values ($as_of, $observed_from, $grace_days, $winback_days, $currency);

-- section: rate
insert into rates values ($currency, $rate);

-- section: counts
select 'imports' as table_name, count(*) as rows from imports
union all select 'findings' as table_name, count(*) as rows from findings
union all select 'originals' as table_name, count(*) as rows from originals
union all select 'members' as table_name, count(*) as rows from members
union all select 'subscriptions' as table_name, count(*) as rows from subscriptions
union all select 'pauses' as table_name, count(*) as rows from pauses
union all select 'cancellations' as table_name, count(*) as rows from cancellations
union all select 'survey_answers' as table_name, count(*) as rows from survey_answers
union all select 'answer_reasons' as table_name, count(*) as rows from answer_reasons
union all select 'outreach' as table_name, count(*) as rows from outreach
union all select 'payments' as table_name, count(*) as rows from payments;
