-- How a subscription ended, once the day of the data ($as_of) is known: the rules of the formats' section 4, for all systems.
--
-- An end that the source states wins. Else access that is over ends it; what the status says tells why. A request is no end.

-- section: switches
update subscriptions_read
set
    switched_to = coalesce(subscriptions_read.switched_to, following.subscription_id),
    end_given = case
        when coalesce(subscriptions_read.end_given > $as_of, true) then following.started_on
        else subscriptions_read.end_given
    end
from (
    select
        this.import_id,
        this.source_row,
        arg_min(later.subscription_id, later.started_on) as subscription_id,
        min(later.started_on) as started_on
    from subscriptions_read as this
    join subscriptions_read as later on later.member_id = this.member_id and later.started_on > this.started_on
    where this.switched
    group by this.import_id, this.source_row
) as following
where subscriptions_read.import_id = following.import_id and subscriptions_read.source_row = following.source_row;

-- section: day
create or replace table data_day as
select $as_of as day;

-- section: subscriptions
-- A view: most data sets ask it once, when it is written, and a million rows need not be copied for that.
drop table if exists subscriptions;

create view subscriptions as

with

reached as (

    select
        *,
        case interval_unit
            when 'year' then cast(last_charge_on + to_years(interval_count) as date)
            when 'month' then cast(last_charge_on + to_months(interval_count) as date)
            when 'week' then cast(last_charge_on + to_days(7 * interval_count) as date)
            when 'day' then cast(last_charge_on + to_days(interval_count) as date)
        end as charged_until
    from subscriptions_read
    cross join data_day

),

measured as (

    select
        *,
        end_given as stated_end,
        case
            when expires_on is not null then greatest(started_on, expires_on)
            when charged_until is not null and status in ('past_due', 'cancelled', 'expired', 'paused')
                then greatest(started_on, charged_until)
        end as access_ends_on,
        case when expires_on is null then 'last_charge' else 'expiry' end as access_basis
    from reached

),

judged as (

    select
        *,
        case
            when status = 'never_paid' then 'not_begun'
            when stated_end <= day then 'stated'
            when stated_end > day then 'leaving'
            when status in ('cancelled', 'expired') and access_ends_on is null then 'unknown_day'
            when status in ('cancelled', 'expired', 'pending_cancel') and access_ends_on > day then 'leaving'
            when status in ('cancelled', 'expired', 'pending_cancel', 'past_due', 'paused') and access_ends_on <= day then 'over'
            when status = 'pending_cancel' then 'leaving'
            when coalesce(status, 'unknown') = 'unknown' and access_ends_on <= day then 'over'
            when lapses and status in ('active', 'trialing') and access_ends_on <= day then 'over'
            when status in ('active', 'unknown') and cast(cancel_requested_at as date) <= day and access_ends_on > day then 'leaving'
            else 'running'
        end as standing
    from measured

)

select
    import_id,
    source_row,
    subscription_id,
    member_id,
    plan,
    interval_unit,
    interval_count,
    price,
    quantity,
    currency,
    case
        when standing = 'not_begun' then 'never_paid'
        when standing = 'leaving' and status not in ('trialing', 'paused') then 'pending_cancel'
        when standing = 'leaving' then coalesce(status, 'pending_cancel')
        when standing = 'stated' and coalesce(status, 'unknown') in ('active', 'unknown', 'pending_cancel') then 'cancelled'
        when standing = 'over' and status = 'active' then 'past_due'
        when standing = 'over' and status = 'pending_cancel' then 'cancelled'
        when standing = 'over' and coalesce(status, 'unknown') = 'unknown' then 'expired'
        when standing = 'running' and status is null then 'active'
        else coalesce(status, 'cancelled')
    end as status,
    status_raw,
    started_on,
    trial_ends_on,
    coalesce(
        case when standing = 'leaving' then stated_end end,
        expires_on,
        case when standing in ('over', 'running') then access_ends_on end
    ) as access_until,
    cancel_requested_at,
    case standing when 'stated' then stated_end when 'over' then access_ends_on end as ended_on,
    case standing
        when 'stated' then coalesce(ended_basis, 'exported')
        when 'over' then coalesce(ended_basis, access_basis)
        when 'unknown_day' then 'unknown'
    end as ended_basis,
    case
        when standing not in ('stated', 'over', 'unknown_day') then null
        when cause_given is not null then cause_given
        when standing = 'over' and status in ('active', 'past_due') then 'involuntary'
        when standing = 'over' and status = 'pending_cancel' then 'voluntary'
        when standing = 'stated' and status = 'past_due' then 'involuntary'
        else 'unknown'
    end as cause,
    switched_to
from judged;

-- section: requests
insert into cancellations
select
    import_id,
    source_row,
    concat('c', import_id, '-', source_row),
    member_id,
    cancel_requested_at,
    null,
    null,
    null,
    null,
    'cancelled',
    null,
    null,
    null,
    null,
    null,
    null
from subscriptions_read
where cancel_requested_at is not null and status is distinct from 'never_paid' and cast(cancel_requested_at as date) <= $as_of;
