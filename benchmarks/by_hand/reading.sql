-- The whole way from the CSV to spells and leavers for exactly this file: no check, no finding, no other date or system.
create table read as
select * from read_csv($path, all_varchar = true);

create table subscriptions as
select
    subscription_id,
    lower(trim(email)) as member,
    plan,
    interval_unit,
    try_cast(interval_count as integer) as interval_count,
    try_cast(price as double) as price,
    try_cast(quantity as double) as quantity,
    upper(currency) as currency,
    status,
    cast(try_strptime(started_on, '%Y-%m-%d') as date) as started_on,
    cast(try_strptime(trial_ends_on, '%Y-%m-%d') as date) as trial_ends_on,
    cast(try_strptime(access_until, '%Y-%m-%d') as date) as access_until,
    try_strptime(cancel_requested_at, '%Y-%m-%d %H:%M') as cancel_requested_at,
    cast(try_strptime(ended_on, '%Y-%m-%d') as date) as ended_on,
    ended_basis,
    cause,
    switched_to
from read;

drop table read;

create table spells as

with

reaching as (

    select
        member,
        started_on,
        ended_on,
        cause,
        plan,
        interval_unit,
        case interval_unit when 'year' then price * quantity / interval_count / 12 else price * quantity / interval_count end as mrr,
        max(coalesce(ended_on, date '9999-12-31')) over (
            partition by member order by started_on, coalesce(ended_on, date '9999-12-31')
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from subscriptions
    where started_on is not null

),

numbered as (

    select
        *,
        sum(case when covered_until is null or started_on - covered_until > 14 then 1 else 0 end) over (
            partition by member order by started_on, coalesce(ended_on, date '9999-12-31')
            rows between unbounded preceding and current row
        ) as spell_number
    from reaching

)

select
    member,
    spell_number,
    min(started_on) as started_on,
    case when count(ended_on) = count(*) then max(ended_on) end as ended_on,
    max_by(cause, ended_on) as cause,
    max_by(plan, started_on) as plan,
    max_by(interval_unit, started_on) as interval,
    max_by(mrr, started_on) as mrr
from numbered
group by member, spell_number;

create table leavers as

with

followed as (

    select
        *,
        lead(started_on) over (partition by member order by spell_number) as returned_on
    from spells

)

select member, spell_number, started_on, ended_on as left_on, returned_on, coalesce(cause, 'unknown') as cause, plan, interval, mrr
from followed
where ended_on is not null;
