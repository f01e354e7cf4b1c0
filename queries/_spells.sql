-- Canonical rows become people, spells, stints, leavers and absences: computed once at load, never on a page.
--
-- Definitions: metric registry, "Words". A spell is unbroken paid time (gaps of at most grace_days bridged);
-- a stint is the part of a spell on one plan, interval and price; an absence is any gap of at least one day.

create table people as

with

named as (

    select
        member_id,
        max(described) = 1 as described,
        max(subscribed) = 1 as subscribed
    from (
        select member_id, 1 as described, 0 as subscribed from members
        union all
        select member_id, 0, 1 from subscriptions
        union all
        select member_id, 0, 0 from cancellations
        union all
        select member_id, 0, 0 from survey_answers
        union all
        select member_id, 0, 0 from outreach
    ) as mentioned
    where member_id is not null
    group by member_id

),

known as (

    select
        member_id,
        max(email_norm) as email_norm,
        max(name) as name,
        max(source) as source,
        min(joined_on) as joined_on,
        min(no_contact_since) as no_contact_since
    from members
    group by member_id

)

select
    cast(row_number() over (order by named.member_id) as integer) as member,
    named.member_id,
    coalesce(known.email_norm, case when contains(named.member_id, '@') then named.member_id end) as email_norm,
    known.name,
    coalesce(known.name, named.member_id) as called,
    known.joined_on,
    known.no_contact_since,
    coalesce(known.source, '(none)') as source,
    named.described,      -- a file describes them, or
    named.subscribed      -- holds a subscription of theirs; else only a request, an answer or a message speaks of them
from named
left join known on known.member_id = named.member_id
order by named.member_id;

create type plan_name as enum (
    select plan from (select distinct coalesce(plan, '(none)') as plan from subscriptions union select '(none)') order by plan
);

create type source_name as enum (select distinct source from (select source from people union select '(none)') order by source);

create type cause_name as enum ('voluntary', 'involuntary', 'unknown');

create type interval_name as enum (
    select billing
    from (
        select distinct billing_of(interval_unit, interval_count) as billing from subscriptions
        union
        select unnest(['week', 'month', 'quarter', 'half_year', 'year', '(none)'])
    ) as terms
    order by
        case billing when 'week' then 1 when 'month' then 2 when 'quarter' then 3 when 'half_year' then 4 when 'year' then 5
            when '(none)' then 7 else 6 end,
        billing
);

-- Currencies are never added: the one chosen, else the one of most subscriptions, is the one of all amounts.
update settings
set currency = (
    select currency
    from subscriptions
    where currency is not null
    group by currency
    order by count(*) desc, currency
    limit 1
)
where currency is null;

-- Every subscription with its person. Trials, free and lifetime members, never-paid rows and ends without a day are in no
-- denominator: `why` says so.
create temporary table owned as

select
    subscriptions.import_id,
    subscriptions.source_row,
    subscriptions.subscription_id,
    people.member,
    case
        when subscriptions.started_on > settings.as_of then 'in_the_future'
        when subscriptions.status = 'never_paid' then 'never_paid'
        when subscriptions.interval_unit = 'lifetime' then 'lifetime'
        when subscriptions.status = 'trialing'
            or coalesce(subscriptions.trial_ends_on > settings.as_of, false)
            or coalesce(subscriptions.ended_on <= subscriptions.trial_ends_on, false) then 'trial'
        when subscriptions.price = 0 then 'free'
        when subscriptions.status in ('cancelled', 'expired') and subscriptions.ended_on is null then 'end_unknown'
    end as why,
    subscriptions.ended_on is null as runs,
    subscriptions.switched_to is not null as switched,
    cast(coalesce(subscriptions.plan, '(none)') as plan_name) as plan,
    cast(billing_of(subscriptions.interval_unit, subscriptions.interval_count) as interval_name) as interval,
    cast(people.source as source_name) as source,
    greatest(subscriptions.started_on, coalesce(subscriptions.trial_ends_on, subscriptions.started_on)) as started_on,
    case when subscriptions.ended_on <= settings.as_of then subscriptions.ended_on end as ended_on,
    subscriptions.cause,
    subscriptions.ended_basis,
    subscriptions.status,
    subscriptions.status_raw,
    term_months(subscriptions.interval_unit, subscriptions.interval_count) as term_months,
    term_days(subscriptions.interval_unit, subscriptions.interval_count) as term_days,
    coalesce(
        case
            when subscriptions.currency is null or subscriptions.currency = settings.currency then 1
            else rates.rate
        end * monthly_amount(
            subscriptions.price, subscriptions.quantity, subscriptions.interval_unit, subscriptions.interval_count
        ), 0
    ) as mrr,
    case when subscriptions.currency <> settings.currency then subscriptions.currency end as other_currency
from subscriptions
join people on people.member_id = subscriptions.member_id
cross join settings
left join rates on rates.currency = subscriptions.currency;

-- one row per currency other than that of the amounts: with its rate, or in no amount
create table other_currencies as

select owned.other_currency as currency, rates.rate, count(*) as subscriptions
from owned
left join rates on rates.currency = owned.other_currency
where owned.other_currency is not null and owned.why is null
group by owned.other_currency, rates.rate;

-- When memberships were paused, and so without their amount. Of one that is paused today, of which no file tells since when,
-- only today is known: what it paid before stays.
create temporary table silent as

select
    people.member,
    pauses.subscription_id,
    pauses.paused_on as silent_from,
    coalesce(pauses.resumed_on, date '9999-12-31') as silent_until
from pauses
join people on people.member_id = pauses.member_id
cross join settings
where pauses.paused_on <= settings.as_of
union all
select owned.member, owned.subscription_id, settings.as_of, date '9999-12-31'
from owned
cross join settings
left join (
    select people.member, max(pauses.paused_on) as paused_on
    from pauses
    join people on people.member_id = pauses.member_id
    where pauses.resumed_on is null
    group by people.member
) as told on told.member = owned.member
where owned.status = 'paused' and owned.runs and told.member is null;

create table unpaid as

select import_id, source_row, subscription_id, member, why, runs
from owned
where why is not null;

create temporary view paid as

select
    member,
    subscription_id,
    plan,
    interval,
    source,
    started_on,
    ended_on,
    cast(coalesce(cause, 'unknown') as cause_name) as cause,
    coalesce(ended_basis, 'unknown') as ended_basis,
    status,
    term_months,
    term_days,
    mrr
from owned
where why is null and started_on is not null;

-- Subscriptions of members who had more than one, or a pause. Most had one only: it is one spell, without any window.
-- `ending` grows with the end of a row; ties are settled by what the rows are, not by their order.
create temporary table chained as

with

several as (

    select
        *,
        cast(hash(
            started_on, ended_on, plan, cause, mrr, interval, term_months, term_days, status, ended_basis, subscription_id
        ) % 10000000000 as bigint) as paid_id
    from paid
    where member in (select member from paid group by member having count(*) > 1 union select member from silent)

),

reaching as (

    select
        *,
        max(coalesce(ended_on, date '9999-12-31')) over (
            partition by member order by started_on, coalesce(ended_on, date '9999-12-31'), paid_id
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from several

)

select
    reaching.*,
    (coalesce(reaching.ended_on, date '9999-12-31') - date '1970-01-01') * 10000000000 + reaching.paid_id as ending,
    cast(
        sum(case when covered_until is null or started_on - covered_until > settings.grace_days then 1 else 0 end) over chain
        as integer
    ) as spell_number,
    cast(
        sum(case when covered_until is null or started_on > covered_until then 1 else 0 end) over chain as integer
    ) as presence_number
from reaching
cross join settings
window chain as (
    partition by member order by started_on, coalesce(ended_on, date '9999-12-31'), paid_id
    rows between unbounded preceding and current row
);

-- Subscriptions that were their member's only one, and never paused.
create temporary view alone as

select *
from paid
where member not in (select member from chained);

create temporary table numbered_spells as

with

grouped as (

    select
        member,
        spell_number,
        min(started_on) as started_on,
        case when count(ended_on) = count(*) then max(ended_on) end as ended_on,
        count(*) as subscriptions,
        max_by(cause, ending) as cause,
        max_by(ended_basis, ending) as ended_basis,
        max_by(status, ending) as status,
        max(plan) as plan,
        max(interval) as interval,
        max(source) as source,
        max(mrr) as mrr,
        max(case when member in (select member from silent) then 1 else 0 end) = 1 or count(*) > 1 as is_cut,
        max(case when ended_on = started_on then 0 else 1 end) = 0 as has_no_length
    from chained
    group by member, spell_number
    union all
    select
        member,
        1 as spell_number,
        started_on,
        ended_on,
        1 as subscriptions,
        cause,
        ended_basis,
        status,
        plan,
        interval,
        source,
        mrr,
        false as is_cut,
        false as has_no_length
    from alone

)

select
    cast(member as bigint) * 10000000 + spell_number as spell_id,
    grouped.*
from grouped;

create table spells as

select
    spell_id,
    member,
    spell_number,
    started_on,
    ended_on,
    subscriptions,
    case when ended_on is not null then cause end as cause,
    case when ended_on is not null then ended_basis end as ended_basis,
    status
from numbered_spells;

-- A spell of one subscription without a pause is one stint. The others are cut at every start and end of theirs; each piece
-- belongs to the plan with the highest MRR then held, a bridged gap to the plan before it. A subscription that began and ended
-- on one day stands for nothing where another one has any length: it was replaced before it counted.
create table stints as

with

held as (

    select
        numbered_spells.spell_id,
        chained.*
    from chained
    join numbered_spells
        on numbered_spells.member = chained.member and numbered_spells.spell_number = chained.spell_number
    where numbered_spells.is_cut
        and (numbered_spells.has_no_length or chained.ended_on is distinct from chained.started_on)

),

hushed as (

    select held.spell_id, held.paid_id, silent.silent_from, silent.silent_until
    from held
    join silent
        on silent.member = held.member
        and (silent.subscription_id is null or held.subscription_id is null or silent.subscription_id = held.subscription_id)
        and silent.silent_until > held.started_on
        and (held.ended_on is null or silent.silent_from < held.ended_on)

),

cuts as (

    select spell_id, started_on as day from held
    union
    select spell_id, ended_on from held where ended_on is not null
    union
    select spell_id, started_on from numbered_spells where is_cut
    union
    select hushed.spell_id, hushed.silent_from
    from hushed
    join numbered_spells on numbered_spells.spell_id = hushed.spell_id
    where hushed.silent_from > numbered_spells.started_on
    union
    select hushed.spell_id, hushed.silent_until
    from hushed
    join numbered_spells on numbered_spells.spell_id = hushed.spell_id
    cross join settings
    where hushed.silent_until <= settings.as_of
        and (numbered_spells.ended_on is null or hushed.silent_until < numbered_spells.ended_on)

),

pieces as (

    select
        spell_id,
        day,
        lead(day) over (partition by spell_id order by day) as until
    from cuts

),

paused_pieces as (

    select pieces.spell_id, pieces.day, hushed.paid_id
    from pieces
    join hushed
        on hushed.spell_id = pieces.spell_id and hushed.silent_from <= pieces.day and hushed.silent_until > pieces.day
    group by pieces.spell_id, pieces.day, hushed.paid_id

),

covered as (

    select
        pieces.spell_id,
        pieces.day,
        max_by(held.plan, (held.mrr, -held.paid_id)) as plan,
        max_by(held.interval, (held.mrr, -held.paid_id)) as interval,
        max_by(held.source, (held.mrr, -held.paid_id)) as source,
        ordered_sum(case when paused_pieces.paid_id is null then held.mrr else 0 end) as mrr
    from pieces
    join held
        on held.spell_id = pieces.spell_id
        and held.started_on <= pieces.day
        and (held.ended_on is null or held.ended_on > pieces.day or held.ended_on = held.started_on and held.started_on = pieces.day)
    left join paused_pieces
        on paused_pieces.spell_id = pieces.spell_id and paused_pieces.day = pieces.day and paused_pieces.paid_id = held.paid_id
    group by pieces.spell_id, pieces.day

),

-- what a spell began with stands for days before it that only a subscription without length covers
carried as (

    select
        pieces.spell_id,
        pieces.day,
        pieces.until,
        coalesce(last_value(covered.plan ignore nulls) over so_far, first_value(covered.plan ignore nulls) over onward) as plan,
        coalesce(
            last_value(covered.interval ignore nulls) over so_far, first_value(covered.interval ignore nulls) over onward
        ) as interval,
        coalesce(
            last_value(covered.source ignore nulls) over so_far, first_value(covered.source ignore nulls) over onward
        ) as source,
        coalesce(last_value(covered.mrr ignore nulls) over so_far, first_value(covered.mrr ignore nulls) over onward) as mrr
    from pieces
    left join covered on covered.spell_id = pieces.spell_id and covered.day = pieces.day
    window
        so_far as (partition by pieces.spell_id order by pieces.day rows between unbounded preceding and current row),
        onward as (partition by pieces.spell_id order by pieces.day rows between current row and unbounded following)

),

marked as (

    select
        carried.*,
        spells.member,
        spells.spell_number,
        case
            when row(plan, interval, mrr) is not distinct from lag(row(plan, interval, mrr)) over (
                partition by carried.spell_id order by carried.day
            ) then 0 else 1
        end as changes
    from carried
    join spells on spells.spell_id = carried.spell_id
    where spells.ended_on is null or carried.day < spells.ended_on or carried.day = spells.started_on

),

counted as (

    select
        *,
        sum(changes) over (partition by spell_id order by day rows between unbounded preceding and current row) as stint_number
    from marked

),

switched as (

    select
        spell_id,
        member,
        spell_number,
        cast(stint_number as integer) as stint_number,
        min(day) as started_on,
        case when count(until) = count(*) then max(until) end as ended_on,
        max(plan) as plan,
        max(interval) as interval,
        max(source) as source,
        max(mrr) as mrr
    from counted
    group by spell_id, member, spell_number, stint_number

)

select
    spell_id,
    member,
    spell_number,
    1 as stint_number,
    started_on as spell_started_on,
    started_on,
    ended_on,
    plan,
    interval,
    source,
    mrr
from numbered_spells
where not is_cut
union all
select
    switched.spell_id,
    switched.member,
    switched.spell_number,
    switched.stint_number,
    spells.started_on as spell_started_on,
    switched.started_on,
    case
        when switched.ended_on is null and spells.started_on = spells.ended_on then spells.ended_on
        else switched.ended_on
    end as ended_on,
    switched.plan,
    switched.interval,
    switched.source,
    switched.mrr
from switched
join spells on spells.spell_id = switched.spell_id;

create table leavers as

with

later_stints as (

    select
        spell_id,
        max(stint_number) as stint_number
    from stints
    where stint_number > 1
    group by spell_id

),

last_stints as (

    select stints.*
    from stints
    left join later_stints on later_stints.spell_id = stints.spell_id
    where stints.stint_number = coalesce(later_stints.stint_number, 1)

),

later_spells as (

    select
        member,
        spell_number - 1 as spell_number,
        started_on
    from spells
    where spell_number > 1

)

select
    spells.spell_id,
    spells.member,
    spells.spell_number,
    spells.started_on,
    spells.ended_on as left_on,
    later_spells.started_on as returned_on,
    spells.cause,
    spells.ended_basis,
    spells.status = 'paused' as paused,
    last_stints.started_on as stint_started_on,
    last_stints.plan,
    last_stints.interval,
    last_stints.source,
    last_stints.mrr
from spells
join last_stints on last_stints.spell_id = spells.spell_id
left join later_spells on later_spells.member = spells.member and later_spells.spell_number = spells.spell_number
where spells.ended_on is not null;
