-- What fell due: renewals of long terms, charges that failed, and memberships on their way out.

-- What runs for six months or longer at a time, from its first paid day.
create table long_terms as

select
    spells.spell_id,
    held.member,
    held.started_on,
    held.ended_on,
    spells.ended_on as left_on,
    spells.cause,
    held.term_months,
    held.term_days,
    held.plan,
    held.interval,
    held.source,
    held.mrr
from (
    select member, spell_number, started_on, ended_on, term_months, term_days, plan, interval, source, mrr from chained
    union all
    select member, 1, started_on, ended_on, term_months, term_days, plan, interval, source, mrr from alone
) as held
join spells on spells.member = held.member and spells.spell_number = held.spell_number
where held.term_months >= 6 or held.term_days >= 180;

-- Every renewal of a long term that came due up to as_of; the member had it on the day before.
create table renewals as

with

counted as (

    select
        long_terms.*,
        unnest(range(1, 2 + cast(
            (least(coalesce(long_terms.ended_on, settings.as_of), settings.as_of) - long_terms.started_on)
            / (28 * long_terms.term_months + long_terms.term_days) as bigint
        ))) as term
    from long_terms
    cross join settings

),

dated as (

    select
        *,
        cast(
            started_on + to_months(cast(term * term_months as integer)) + to_days(cast(term * term_days as integer)) as date
        ) as due_on
    from counted

)

select
    dated.member,
    dated.spell_id,
    dated.due_on,
    coalesce(dated.left_on between dated.due_on and dated.due_on + settings.grace_days, false) as ended,
    dated.left_on,
    dated.cause,
    max_by(dated.plan, dated.mrr) as plan,
    max_by(dated.interval, dated.mrr) as interval,
    max_by(dated.source, dated.mrr) as source,
    max(dated.mrr) as mrr
from dated
cross join settings
where dated.due_on <= settings.as_of and (dated.ended_on is null or dated.ended_on >= dated.due_on)
group by dated.member, dated.spell_id, dated.due_on, dated.left_on, dated.cause, settings.grace_days;

-- A charge that failed, with the segment held that day (the last one before, where none), and the next one paid: of the
-- same subscription where both name one.
create table failed_charges as

with

following as (

    select
        member_id,
        subscription_id,
        paid_at,
        status,
        import_id,
        source_row,
        min(case when status = 'paid' then paid_at end) over (
            partition by member_id, subscription_id order by paid_at
            range between current row and unbounded following
        ) as same_paid_at,
        min(case when status = 'paid' and subscription_id is null then paid_at end) over (
            partition by member_id order by paid_at range between current row and unbounded following
        ) as unnamed_paid_at,
        min(case when status = 'paid' then paid_at end) over (
            partition by member_id order by paid_at range between current row and unbounded following
        ) as any_paid_at
    from payments
    where paid_at is not null

),

failed as (

    select
        import_id,
        source_row,
        member_id,
        paid_at as failed_at,
        case when subscription_id is null then any_paid_at else least(same_paid_at, unnamed_paid_at) end as recovered_at
    from following
    where status = 'failed'

),

held as (

    select
        failed.*,
        stints.member,
        stints.plan,
        stints.interval,
        stints.source,
        row_number() over (
            partition by failed.import_id, failed.source_row order by stints.started_on desc, stints.stint_number desc
        ) as recency
    from failed
    left join people on people.member_id = failed.member_id
    left join stints on stints.member = people.member and stints.started_on <= cast(failed.failed_at as date)

)

select
    member_id,
    cast(failed_at as date) as failed_on,
    cast(recovered_at as date) as recovered_on,
    coalesce(recovered_at <= failed_at + interval 30 day, false) as recovered,
    plan,
    interval,
    source
from held
where recency = 1;

-- Memberships that still run and may not for long: cancelled but paid up (to the day named), or past due (since then).
create table ways_out as

select
    people.member,
    subscriptions.status,
    coalesce(subscriptions.access_until, settings.as_of) as access_until
from subscriptions
join people on people.member_id = subscriptions.member_id
cross join settings
where subscriptions.ended_on is null
    and (subscriptions.status = 'past_due'
        or subscriptions.status = 'pending_cancel' and subscriptions.access_until > settings.as_of);
