-- Canonical rows become people, spells, stints, leavers and absences: computed once at load, never on a page.
--
-- Definitions: metric registry, "Words". A spell is unbroken paid time (gaps of at most grace_days bridged);
-- a stint is the part of a spell on one plan, interval and price; an absence is any gap of at least one day.

create table people as

with

named as (

    select member_id from members
    union
    select member_id from subscriptions
    union
    select member_id from cancellations
    union
    select member_id from survey_answers
    union
    select member_id from outreach

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
    known.email_norm,
    known.name,
    known.joined_on,
    known.no_contact_since,
    coalesce(known.source, '(none)') as source
from named
left join known on known.member_id = named.member_id
where named.member_id is not null
order by named.member_id;

create type plan_name as enum (
    select plan from (select distinct coalesce(plan, '(none)') as plan from subscriptions union select '(none)') order by plan
);

create type source_name as enum (select distinct source from (select source from people union select '(none)') order by source);

create type cause_name as enum ('voluntary', 'involuntary', 'unknown');

create type interval_name as enum ('week', 'month', 'quarter', 'half_year', 'year', 'other', '(none)');

create type reason_code as enum (
    'price', 'not_using', 'content', 'missing_topic', 'difficulty', 'switched',
    'service', 'finished', 'break', 'life_change', 'other', 'no_answer'
);

-- Trials, free and lifetime members, never-paid rows and ends without a day are in no denominator.
create table unpaid as

select
    subscriptions.import_id,
    subscriptions.source_row,
    subscriptions.subscription_id,
    subscriptions.member_id,
    case
        when subscriptions.started_on > settings.as_of then 'in_the_future'
        when subscriptions.status = 'never_paid' then 'never_paid'
        when subscriptions.interval_unit = 'lifetime' then 'lifetime'
        when subscriptions.status = 'trialing'
            or coalesce(subscriptions.trial_ends_on > settings.as_of, false)
            or coalesce(subscriptions.ended_on <= subscriptions.trial_ends_on, false) then 'trial'
        when subscriptions.price = 0 then 'free'
        when subscriptions.status in ('cancelled', 'expired') and subscriptions.ended_on is null then 'end_unknown'
    end as why
from subscriptions
cross join settings
where why is not null;

create temporary table paid as

select
    people.member,
    cast(row_number() over () as integer) as paid_id,
    cast(coalesce(subscriptions.plan, '(none)') as plan_name) as plan,
    cast(
        case
            when subscriptions.interval_unit is null then '(none)'
            when subscriptions.interval_unit = 'week' and coalesce(subscriptions.interval_count, 1) = 1 then 'week'
            when subscriptions.interval_unit = 'year' and coalesce(subscriptions.interval_count, 1) = 1 then 'year'
            when subscriptions.interval_unit = 'month' and coalesce(subscriptions.interval_count, 1) = 1 then 'month'
            when subscriptions.interval_unit = 'month' and subscriptions.interval_count = 3 then 'quarter'
            when subscriptions.interval_unit = 'month' and subscriptions.interval_count = 6 then 'half_year'
            when subscriptions.interval_unit = 'month' and subscriptions.interval_count = 12 then 'year'
            else 'other'
        end as interval_name
    ) as interval,
    cast(people.source as source_name) as source,
    greatest(subscriptions.started_on, coalesce(subscriptions.trial_ends_on, subscriptions.started_on)) as started_on,
    case when subscriptions.ended_on <= settings.as_of then subscriptions.ended_on end as ended_on,
    cast(coalesce(subscriptions.cause, 'unknown') as cause_name) as cause,
    coalesce(subscriptions.ended_basis, 'unknown') as ended_basis,
    subscriptions.status,
    case
        when subscriptions.status = 'paused' then 0
        else monthly_amount(
            subscriptions.price, subscriptions.quantity, subscriptions.interval_unit, subscriptions.interval_count
        )
    end as mrr
from subscriptions
join people on people.member_id = subscriptions.member_id
cross join settings
left join unpaid
    on unpaid.import_id = subscriptions.import_id and unpaid.source_row = subscriptions.source_row
    and unpaid.subscription_id is not distinct from subscriptions.subscription_id
where unpaid.source_row is null and subscriptions.started_on is not null;

create temporary table chained as

with

reaching as (

    select
        *,
        max(coalesce(ended_on, date '9999-12-31')) over (
            partition by member order by started_on, coalesce(ended_on, date '9999-12-31'), paid_id
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from paid

)

select
    reaching.*,
    sum(case when covered_until is null or started_on - covered_until > settings.grace_days then 1 else 0 end) over chain
        as spell_number,
    sum(case when covered_until is null or started_on > covered_until then 1 else 0 end) over chain as presence_number
from reaching
cross join settings
window chain as (
    partition by member order by started_on, coalesce(ended_on, date '9999-12-31'), paid_id
    rows between unbounded preceding and current row
);

create table spells as

with

grouped as (

    select
        member,
        cast(spell_number as integer) as spell_number,
        min(started_on) as started_on,
        case when count(ended_on) = count(*) then max(ended_on) end as ended_on,
        count(*) as subscriptions,
        max_by(cause, (ended_on, paid_id)) as cause,
        max_by(ended_basis, (ended_on, paid_id)) as ended_basis,
        max_by(status, (ended_on, paid_id)) as status
    from chained
    group by member, spell_number

)

select
    cast(row_number() over (order by member, spell_number) as integer) as spell_id,
    member,
    spell_number,
    started_on,
    ended_on,
    subscriptions,
    case when ended_on is not null then cause end as cause,
    case when ended_on is not null then ended_basis end as ended_basis,
    status
from grouped
order by member, spell_number;

-- A spell of one subscription is one stint. The others are cut at every start and end of theirs; each piece
-- belongs to the plan with the highest MRR then held, a bridged gap to the plan before it.
create table stints as

with

held as (

    select
        spells.spell_id,
        spells.subscriptions,
        chained.*
    from chained
    join spells on spells.member = chained.member and spells.spell_number = chained.spell_number

),

cuts as (

    select spell_id, started_on as day from held where subscriptions > 1
    union
    select spell_id, ended_on from held where subscriptions > 1 and ended_on is not null

),

pieces as (

    select
        spell_id,
        day,
        lead(day) over (partition by spell_id order by day) as until
    from cuts

),

covered as (

    select
        pieces.spell_id,
        pieces.day,
        max_by(held.plan, (held.mrr, -held.paid_id)) as plan,
        max_by(held.interval, (held.mrr, -held.paid_id)) as interval,
        max_by(held.source, (held.mrr, -held.paid_id)) as source,
        sum(held.mrr) as mrr
    from pieces
    join held
        on held.spell_id = pieces.spell_id
        and held.started_on <= pieces.day
        and (held.ended_on is null or held.ended_on > pieces.day or held.ended_on = held.started_on and held.started_on = pieces.day)
    group by pieces.spell_id, pieces.day

),

carried as (

    select
        pieces.spell_id,
        pieces.day,
        pieces.until,
        last_value(covered.plan ignore nulls) over so_far as plan,
        last_value(covered.interval ignore nulls) over so_far as interval,
        last_value(covered.source ignore nulls) over so_far as source,
        last_value(covered.mrr ignore nulls) over so_far as mrr
    from pieces
    left join covered on covered.spell_id = pieces.spell_id and covered.day = pieces.day
    window so_far as (partition by pieces.spell_id order by pieces.day rows between unbounded preceding and current row)

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
    started_on,
    ended_on,
    plan,
    interval,
    source,
    mrr
from held
where subscriptions = 1
union all
select
    switched.spell_id,
    switched.member,
    switched.spell_number,
    switched.stint_number,
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

last_stints as (

    select
        spell_id,
        max_by(plan, stint_number) as plan,
        max_by(interval, stint_number) as interval,
        max_by(source, stint_number) as source,
        max_by(mrr, stint_number) as mrr,
        max(started_on) as stint_started_on
    from stints
    group by spell_id

),

following as (

    select
        spell_id,
        lead(started_on) over (partition by member order by spell_number) as returned_on
    from spells

)

select
    spells.spell_id,
    spells.member,
    spells.spell_number,
    spells.started_on,
    spells.ended_on as left_on,
    following.returned_on,
    spells.cause,
    spells.ended_basis,
    spells.status = 'paused' as paused,
    last_stints.stint_started_on,
    last_stints.plan,
    last_stints.interval,
    last_stints.source,
    last_stints.mrr
from spells
join last_stints on last_stints.spell_id = spells.spell_id
join following on following.spell_id = spells.spell_id
where spells.ended_on is not null;

-- Win-back ignores grace: every gap of at least one day, whether or not it made a leaver.
create table absences as

with

presences as (

    select
        member,
        presence_number,
        max(spell_number) as spell_number,
        min(started_on) as started_on,
        case when count(ended_on) = count(*) then max(ended_on) end as ended_on,
        max_by(plan, (ended_on, paid_id)) as plan,
        max_by(interval, (ended_on, paid_id)) as interval,
        max_by(source, (ended_on, paid_id)) as source,
        max_by(cause, (ended_on, paid_id)) as cause
    from chained
    group by member, presence_number

),

followed as (

    select
        *,
        lead(started_on) over (partition by member order by presence_number) as returned_on
    from presences

)

select
    cast(row_number() over (order by followed.member, followed.presence_number) as integer) as absence_id,
    followed.member,
    followed.ended_on as left_on,
    followed.returned_on,
    followed.returned_on is not null and followed.returned_on - followed.ended_on <= settings.grace_days as within_grace,
    followed.plan,
    followed.interval,
    followed.source,
    followed.cause
from followed
cross join settings
where followed.ended_on is not null
order by followed.member, followed.ended_on;

create table answers as

with

given as (

    select
        cast(row_number() over (order by survey_answers.import_id, survey_answers.source_row) as integer) as answer,
        survey_answers.answer_id,
        survey_answers.import_id,
        people.member,
        survey_answers.asked_at,
        survey_answers.answered_at,
        cast(coalesce(survey_answers.answered_at, survey_answers.asked_at) as date) as day,
        survey_answers.comment,
        survey_answers.shown_reasons
    from survey_answers
    join people on people.member_id = survey_answers.member_id

),

named as (

    select
        given.answer,
        count(distinct answer_reasons.reason) as reasons
    from given
    join answer_reasons on answer_reasons.answer_id = given.answer_id and answer_reasons.import_id = given.import_id
    group by given.answer

),

-- a request belongs to the spell it was made in; an answer to the nearest request or end, 30 days before to 60 after
events as (

    select member, spell_id, left_on as day from leavers
    union
    select
        people.member,
        spells.spell_id,
        cast(cancellations.requested_at as date)
    from cancellations
    join people on people.member_id = cancellations.member_id
    join spells
        on spells.member = people.member
        and spells.started_on <= cast(cancellations.requested_at as date)
        and (spells.ended_on is null or spells.ended_on >= cast(cancellations.requested_at as date))
    where cancellations.outcome is distinct from 'saved'

),

nearest as (

    select
        given.answer,
        events.spell_id,
        row_number() over (
            partition by given.answer order by abs(given.day - events.day), events.spell_id
        ) as nearness
    from given
    join events on events.member = given.member
    where given.day - events.day between -30 and 60

),

placed as (

    select
        given.answer,
        last_stint.plan,
        last_stint.interval,
        last_stint.source,
        row_number() over (partition by given.answer order by last_stint.started_on desc) as recency
    from given
    join stints as last_stint on last_stint.member = given.member and last_stint.started_on <= given.day

),

judged as (

    select
        given.answer,
        given.answer_id,
        given.import_id,
        given.member,
        given.day,
        cast(given.asked_at as date) as asked_on,
        given.answered_at is not null as answered,
        given.answered_at is not null and (coalesce(named.reasons, 0) > 0 or not is_junk(given.comment)) as usable,
        given.answered_at is not null and coalesce(named.reasons, 0) = 0 and is_junk(given.comment) as junk,
        given.comment,
        given.shown_reasons,
        coalesce(named.reasons, 0) as reasons,
        nearest.spell_id as matched_spell_id,
        leavers.spell_id,
        leavers.left_on,
        coalesce(leavers.cause, 'unknown') as cause,
        coalesce(leavers.plan, placed.plan, '(none)') as plan,
        coalesce(leavers.interval, placed.interval, '(none)') as interval,
        coalesce(leavers.source, placed.source, '(none)') as source,
        coalesce(leavers.mrr, 0) as mrr
    from given
    left join named on named.answer = given.answer
    left join nearest on nearest.answer = given.answer and nearest.nearness = 1
    left join leavers on leavers.spell_id = nearest.spell_id
    left join placed on placed.answer = given.answer and placed.recency = 1

)

select
    *,
    spell_id is not null and row_number() over (
        partition by spell_id order by usable desc, answered desc, day desc, answer
    ) = 1 as speaks_for_leaving
from judged;

create table named_reasons as

select
    answers.answer,
    cast(answer_reasons.reason as reason_code) as reason,
    answer_reasons.wording
from answers
join answer_reasons on answer_reasons.answer_id = answers.answer_id and answer_reasons.import_id = answers.import_id
where answer_reasons.reason is not null
group by answers.answer, answer_reasons.reason, answer_reasons.wording;

create table messages as

with

dated as (

    select
        cast(row_number() over (order by outreach.import_id, outreach.source_row) as integer) as message,
        people.member,
        coalesce(outreach.campaign, '(none)') as campaign,
        coalesce(outreach.arm, 'treated') as arm,
        coalesce(outreach.incentive, 'none') as incentive,
        cast(coalesce(outreach.assigned_at, outreach.sent_at) as date) as assigned_on,
        outreach.sent_at is not null or outreach.arm is distinct from 'holdout' as sent,
        outreach.delivered_at is not null as delivered,
        outreach.opened_at is not null as opened,
        outreach.clicked_at is not null as clicked,
        outreach.replied_at is not null as replied,
        outreach.unsubscribed_at is not null as unsubscribed,
        outreach.reported_returned_on,
        coalesce(outreach.cost, 0) as cost,
        coalesce(outreach.incentive_cost, 0) as incentive_cost
    from outreach
    join people on people.member_id = outreach.member_id

),

placed as (

    select
        dated.*,
        absences.absence_id,
        absences.left_on,
        coalesce(absences.returned_on, dated.reported_returned_on) as returned_on,
        absences.plan,
        absences.interval,
        absences.source,
        absences.cause,
        row_number() over (partition by dated.message order by absences.left_on desc) as recency
    from dated
    left join absences on absences.member = dated.member and absences.left_on <= dated.assigned_on

)

select
    message,
    member,
    campaign,
    arm,
    incentive,
    assigned_on,
    sent,
    delivered,
    opened,
    clicked,
    replied,
    unsubscribed,
    cost,
    incentive_cost,
    absence_id,
    left_on,
    returned_on,
    plan,
    interval,
    source,
    cause,
    case
        when assigned_on is null then 'undated'
        when absence_id is null then 'before_leaving'
        when returned_on < assigned_on then 'after_return'
    end as problem,
    assigned_on + settings.winback_days as settles_on,
    assigned_on + settings.winback_days <= settings.as_of as settled,
    coalesce(returned_on - assigned_on between 0 and settings.winback_days, false) as returned
from placed
cross join settings
where recency = 1;
