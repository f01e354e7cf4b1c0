-- Two exports of one list on two days ($older and $newer imports, $older_day, $newer_day): every subscription counts once.
--
-- The newest row of a subscription wins, and keeps from the older one what it does not tell (plan, price). One that ran on
-- the older day and is missing on the newer, or is over there without a day, ended in between: on the day to which it was
-- paid if that lies between, else on the day of the newer export, the first on which it is known to be gone.

-- section: matched
create or replace temporary table matched as

with

older as (

    select
        *,
        coalesce(status, 'unknown') not in ('cancelled', 'expired', 'never_paid')
            and coalesce(end_given > $older_day, true) as running
    from subscriptions_read
    where list_contains($older, import_id)

),

newer as (

    select *
    from subscriptions_read
    where import_id = $newer

),

by_id as (

    select
        older.import_id,
        older.source_row,
        min(newer.source_row) as newer_row
    from older
    join newer on newer.subscription_id = older.subscription_id
    group by older.import_id, older.source_row

),

rest as (

    select
        older.*,
        count(*) over (partition by older.member_id, older.started_on) as alike
    from older
    left join by_id on by_id.import_id = older.import_id and by_id.source_row = older.source_row
    where by_id.source_row is null

),

rest_newer as (

    select
        newer.*,
        count(*) over (partition by newer.member_id, newer.started_on) as alike
    from newer
    left join (select distinct newer_row from by_id) as taken on taken.newer_row = newer.source_row
    where taken.newer_row is null

),

by_start as (

    select
        rest.import_id,
        rest.source_row,
        min(rest_newer.source_row) as newer_row
    from rest
    join rest_newer on rest_newer.member_id = rest.member_id and rest_newer.started_on = rest.started_on
    where rest_newer.plan is not distinct from rest.plan
        or (rest.alike = 1 and rest_newer.alike = 1 and cast($newer_day as date) > cast($older_day as date))
    group by rest.import_id, rest.source_row

),

paired as (

    select * from by_id
    union all
    select * from by_start

)

select
    older.import_id,
    older.source_row,
    older.running,
    paired.newer_row
from older
left join paired on paired.import_id = older.import_id and paired.source_row = older.source_row;

-- section: gone
create or replace temporary table gone as

select subscriptions_read.source_row
from subscriptions_read
join matched on matched.newer_row = subscriptions_read.source_row
where subscriptions_read.import_id = $newer and matched.running
    and subscriptions_read.status in ('cancelled', 'expired')
    and subscriptions_read.end_given is null and subscriptions_read.expires_on is null
    and (subscriptions_read.last_charge_on is null or coalesce(subscriptions_read.interval_unit, 'lifetime') = 'lifetime')
group by subscriptions_read.source_row;

-- section: kept
update subscriptions_read
set
    plan = coalesce(subscriptions_read.plan, known.plan),
    interval_unit = coalesce(subscriptions_read.interval_unit, known.interval_unit),
    interval_count = coalesce(subscriptions_read.interval_count, known.interval_count),
    price = coalesce(subscriptions_read.price, known.price),
    quantity = coalesce(subscriptions_read.quantity, known.quantity),
    currency = coalesce(subscriptions_read.currency, known.currency),
    cancel_requested_at = coalesce(subscriptions_read.cancel_requested_at, known.cancel_requested_at)
from (
    select
        matched.newer_row,
        max(older.plan) as plan,
        max(older.interval_unit) as interval_unit,
        max(older.interval_count) as interval_count,
        max(older.price) as price,
        max(older.quantity) as quantity,
        max(older.currency) as currency,
        max(older.cancel_requested_at) as cancel_requested_at
    from matched
    join subscriptions_read as older on older.import_id = matched.import_id and older.source_row = matched.source_row
    where matched.newer_row is not null
    group by matched.newer_row
) as known
where subscriptions_read.import_id = $newer and subscriptions_read.source_row = known.newer_row;

-- section: ended
update subscriptions_read
set
    end_given = $newer_day,
    ended_basis = 'snapshot_diff'
where import_id = $newer and source_row in (select source_row from gone);

-- section: vanished
update subscriptions_read
set
    ended_basis = case when expires_on > $older_day and expires_on <= $newer_day then 'expiry' else 'snapshot_diff' end,
    end_given = case when expires_on > $older_day and expires_on <= $newer_day then expires_on else $newer_day end,
    cause_given = coalesce(
        cause_given,
        case status when 'pending_cancel' then 'voluntary' when 'past_due' then 'involuntary' end
    )
from matched
where matched.import_id = subscriptions_read.import_id and matched.source_row = subscriptions_read.source_row
    and matched.newer_row is null and matched.running;

-- section: repeated
delete from subscriptions_read
using matched
where matched.import_id = subscriptions_read.import_id and matched.source_row = subscriptions_read.source_row
    and matched.newer_row is not null;

-- section: told_elsewhere
create or replace temporary table told_elsewhere as

select
    vanished.import_id,
    vanished.source_row
from subscriptions_read as vanished
join subscriptions_read as told
    on told.member_id = vanished.member_id and told.plan is not distinct from vanished.plan
    and told.import_id <> vanished.import_id and list_contains($others, told.import_id)
    and told.end_given between vanished.started_on and $newer_day
where vanished.ended_basis in ('snapshot_diff', 'expiry') and list_contains($older, vanished.import_id)
    and vanished.end_given > $older_day and told.end_given > $older_day
group by vanished.import_id, vanished.source_row;

-- section: told_elsewhere_once
delete from subscriptions_read
using told_elsewhere
where told_elsewhere.import_id = subscriptions_read.import_id and told_elsewhere.source_row = subscriptions_read.source_row;
