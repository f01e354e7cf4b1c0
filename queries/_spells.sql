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
    coalesce(known.email_norm, case when contains(named.member_id, '@') then named.member_id end) as email_norm,
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
    -- settles ties between subscriptions of a member by what they are, not by the order of the rows
    cast(hash(
        subscriptions.started_on, subscriptions.ended_on, subscriptions.plan, subscriptions.cause, subscriptions.price,
        subscriptions.quantity, subscriptions.interval_unit, subscriptions.interval_count, subscriptions.status,
        subscriptions.ended_basis, subscriptions.subscription_id
    ) % 10000000000 as bigint) as paid_id,
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
    term_months(subscriptions.interval_unit, subscriptions.interval_count) as term_months,
    term_days(subscriptions.interval_unit, subscriptions.interval_count) as term_days,
    case
        when subscriptions.status = 'paused' then 0
        else monthly_amount(
            subscriptions.price, subscriptions.quantity, subscriptions.interval_unit, subscriptions.interval_count
        )
    end as mrr
from subscriptions
join people on people.member_id = subscriptions.member_id
cross join settings
where subscriptions.started_on is not null
    and not exists (
        select 1
        from unpaid
        where unpaid.import_id = subscriptions.import_id and unpaid.source_row = subscriptions.source_row
            and unpaid.subscription_id is not distinct from subscriptions.subscription_id
    );

-- Most members had one subscription only: one spell, no window. `ending` grows with the end of a row, and among equal
-- ends with paid_id.
create temporary table chained as

with

several as (

    select member
    from paid
    group by member
    having count(*) > 1

),

reaching as (

    select
        *,
        max(coalesce(ended_on, date '9999-12-31')) over (
            partition by member order by started_on, coalesce(ended_on, date '9999-12-31'), paid_id
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from paid
    where member in (select member from several)

)

select
    paid.*,
    true as alone,
    paid.paid_id as ending,
    1 as spell_number,
    1 as presence_number
from paid
where paid.member not in (select member from several)
union all by name
select
    reaching.*,
    false as alone,
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
        max(mrr) as mrr
    from chained
    where not alone
    group by member, spell_number
    union all
    select
        member,
        spell_number,
        started_on,
        ended_on,
        1 as subscriptions,
        cause,
        ended_basis,
        status,
        plan,
        interval,
        source,
        mrr
    from chained
    where alone

)

select
    cast(row_number() over (order by member, spell_number) as integer) as spell_id,
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
    where spells.subscriptions > 1

),

cuts as (

    select spell_id, started_on as day from held
    union
    select spell_id, ended_on from held where ended_on is not null

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
from numbered_spells
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

-- Win-back ignores grace: every gap of at least one day, whether or not it made a leaver.
create table absences as

with

presences as (

    select
        member,
        presence_number,
        min(started_on) as started_on,
        case when count(ended_on) = count(*) then max(ended_on) end as ended_on,
        max_by(plan, ending) as plan,
        max_by(interval, ending) as interval,
        max_by(source, ending) as source,
        max_by(cause, ending) as cause
    from chained
    where not alone
    group by member, presence_number

),

followed as (

    select
        *,
        lead(started_on) over (partition by member order by presence_number) as returned_on
    from presences
    union all
    select
        member,
        presence_number,
        started_on,
        ended_on,
        plan,
        interval,
        source,
        cause,
        null as returned_on
    from chained
    where alone

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

    select member, spell_id, left_on as day from leavers where member in (select member from given)
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
    where cancellations.outcome is distinct from 'saved' and people.member in (select member from given)

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
        outreach.incentive_ends_on,
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
    incentive_ends_on,
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

create type request_channel as enum (
    select channel
    from (
        select distinct coalesce(replace(replace(lower(trim(channel)), ' ', '_'), '-', '_'), '(none)') as channel
        from cancellations
        union
        select '(none)'
    )
    order by channel
);

create type heat_name as enum ('none', 'complaint', 'threat', 'escalated', 'other');

-- Requests to cancel up to as_of: how long each waited, what it says of ease and mood, and whether it kept the member.
-- What a file does not tell (no reply, no end in any of its rows) is unknown, never zero; neither is a reply before its
-- request believed. A stamp at midnight of the same day is that day without a clock time.
create table farewells as

with

told as (

    select
        import_id,
        max(case when heat is not null or channel is not null or contacts is not null then 1 else 0 end) = 1
            or count(first_reply_at) + count(done_at) > 0 as brought,
        count(first_reply_at) > 0 or count(done_at) + count(outcome) = 0 as tells_replies,
        count(done_at) > 0 or count(first_reply_at) + count(outcome) = 0 as tells_ends
    from cancellations
    group by import_id

),

asked as (

    select
        cast(row_number() over (order by requested_at, cancellations.import_id, source_row) as integer) as request,
        people.member,
        cancellation_id,
        requested_at,
        cast(requested_at as date) as requested_on,
        cast(settings.as_of + 1 as timestamp) as seen_until,
        told.brought,
        told.brought and told.tells_replies as tells_replies,
        told.brought and told.tells_ends as tells_ends,
        case when first_reply_at < settings.as_of + 1 then first_reply_at end as first_reply_at,
        case when done_at < settings.as_of + 1 then done_at end as done_at,
        cast(coalesce(replace(replace(lower(trim(channel)), ' ', '_'), '-', '_'), '(none)') as request_channel) as channel,
        contacts,
        lower(trim(outcome)) as outcome,
        offer,
        offer_accepted,
        offer_ended_on,
        case when handling_rating between 1 and 5 then handling_rating end as rating,
        cast(
            case
                when heat is null then null
                when lower(trim(heat)) in ('none', 'complaint', 'threat', 'escalated') then lower(trim(heat))
                else 'other'
            end as heat_name
        ) as heat,
        heat_outcome
    from cancellations
    join people on people.member_id = cancellations.member_id
    join told on told.import_id = cancellations.import_id
    cross join settings
    where requested_at < settings.as_of + 1

),

timed as (

    select
        *,
        case
            when cast(first_reply_at as date) < requested_on then 'reply_before_request'
            when cast(done_at as date) < requested_on then 'done_before_request'
            when first_reply_at < requested_at and first_reply_at > requested_on then 'reply_before_request'
            when done_at < requested_at and done_at > requested_on then 'done_before_request'
        end as problem,
        coalesce(contacts = 0, channel = 'self_service') as self_service,
        tells_ends and done_at is null and outcome is null as is_open,
        (epoch(coalesce(first_reply_at, done_at)) - epoch(requested_at)) / 3600 as replied_after,
        (epoch(done_at) - epoch(requested_at)) / 3600 as done_after,
        (epoch(seen_until) - epoch(requested_at)) / 3600 as waited
    from asked

),

placed as (

    select
        timed.request,
        max_by(spells.spell_id, spells.started_on) as spell_id,
        max_by(spells.ended_on, spells.started_on) as gone_on
    from timed
    join spells
        on spells.member = timed.member
        and spells.started_on <= timed.requested_on
        and (spells.ended_on is null or spells.ended_on >= timed.requested_on)
    group by timed.request

),

segments as (

    select
        placed.request,
        max_by(stints.plan, stints.started_on) as plan,
        max_by(stints.interval, stints.started_on) as interval,
        max_by(stints.source, stints.started_on) as source,
        max_by(stints.mrr, stints.started_on) as mrr
    from placed
    join timed on timed.request = placed.request
    join stints on stints.spell_id = placed.spell_id and stints.started_on <= timed.requested_on
    group by placed.request

),

terms as (

    select
        placed.request,
        max_by(paid.started_on, (paid.started_on, paid.mrr)) as paid_from,
        nullif(max_by(paid.term_months, (paid.started_on, paid.mrr)), 0) as months,
        nullif(max_by(paid.term_days, (paid.started_on, paid.mrr)), 0) as days
    from placed
    join timed on timed.request = placed.request
    join paid
        on paid.member = timed.member
        and paid.started_on <= timed.requested_on
        and (paid.ended_on is null or paid.ended_on >= timed.requested_on)
    group by placed.request

),

repeated as (

    select timed.member
    from timed
    join placed on placed.request = timed.request
    group by timed.member
    having count(*) > 1

),

-- one real request per member and 30 days: the first, then the first more than 30 days after it
real_days as (

    select
        member,
        unnest(list_reduce(
            list([requested_on] order by requested_on),
            lambda kept, following: case
                when following[1] - kept[-1] > 30 then list_concat(kept, following)
                else kept
            end
        )) as requested_on
    from timed
    join placed on placed.request = timed.request
    where member in (select member from repeated)
    group by member

),

real_ones as (

    select
        real_days.member,
        real_days.requested_on,
        min(timed.request) as request
    from real_days
    join timed on timed.member = real_days.member and timed.requested_on = real_days.requested_on
    join placed on placed.request = timed.request
    group by real_days.member, real_days.requested_on
    union all
    select timed.member, timed.requested_on, timed.request
    from timed
    join placed on placed.request = timed.request
    where timed.member not in (select member from repeated)

),

asked_again as (

    select distinct earlier.request
    from timed as earlier
    join timed as later
        on later.member = earlier.member
        and later.requested_at > earlier.requested_at
        and later.requested_on <= earlier.requested_on + 30
        and later.outcome = 'cancelled'
    where earlier.outcome in ('saved', 'abandoned')

),

due as (

    select
        timed.request,
        cast(case
            when terms.months is not null then terms.paid_from
                + to_months(cast(terms.months * (full_months(terms.paid_from, timed.requested_on) // terms.months + 1) as integer))
            when terms.days is not null then terms.paid_from
                + to_days(cast(terms.days * ((timed.requested_on - terms.paid_from) // terms.days + 1) as integer))
        end as date) as due_on
    from timed
    join terms on terms.request = timed.request

)

select
    timed.request,
    timed.member,
    timed.cancellation_id,
    timed.requested_at,
    timed.requested_on,
    timed.first_reply_at,
    timed.done_at,
    timed.brought,
    timed.tells_replies,
    timed.tells_ends,
    timed.problem,
    timed.channel,
    timed.contacts,
    timed.self_service,
    timed.outcome,
    timed.is_open,
    timed.waited,
    case when timed.tells_replies and timed.problem is null and timed.replied_after is not null
        then greatest(0, timed.replied_after) end as hours_to_reply,
    case when timed.tells_ends and timed.problem is null and timed.done_after is not null
        then greatest(0, timed.done_after) end as hours_to_done,
    timed.tells_replies and timed.problem is null and timed.replied_after is null and timed.outcome is null as awaits_reply,
    timed.is_open and timed.problem is null as awaits_end,
    timed.offer,
    timed.offer_accepted,
    timed.offer_ended_on,
    timed.rating,
    timed.heat,
    timed.heat_outcome,
    placed.spell_id,
    coalesce(segments.plan, '(none)') as plan,
    coalesce(segments.interval, '(none)') as interval,
    coalesce(segments.source, '(none)') as source,
    coalesce(segments.mrr, 0) as mrr,
    real_ones.request is not null as is_real,
    due.due_on,
    case when due.due_on is not null then greatest(due.due_on + settings.grace_days, timed.requested_on + 30) end as save_settles_on,
    coalesce(placed.gone_on > timed.requested_on + 30, placed.spell_id is not null)
    and (
        coalesce(placed.gone_on > due.due_on + settings.grace_days, placed.spell_id is not null)
        or timed.outcome in ('saved', 'abandoned') and asked_again.request is null
    ) as saved
from timed
cross join settings
left join placed on placed.request = timed.request
left join segments on segments.request = timed.request
left join real_ones on real_ones.request = timed.request
left join asked_again on asked_again.request = timed.request
left join due on due.request = timed.request
order by timed.request;

-- A pause ends when the member resumes, or leaves without having resumed.
create table breaks as

with

gone as (

    select
        pauses.import_id,
        pauses.source_row,
        min(leavers.left_on) as left_on
    from pauses
    join people on people.member_id = pauses.member_id
    join leavers on leavers.member = people.member and leavers.left_on >= pauses.paused_on
    group by pauses.import_id, pauses.source_row

),

placed as (

    select
        pauses.import_id,
        pauses.source_row,
        max_by(stints.plan, stints.started_on) as plan,
        max_by(stints.interval, stints.started_on) as interval,
        max_by(stints.source, stints.started_on) as source
    from pauses
    join people on people.member_id = pauses.member_id
    join stints on stints.member = people.member and stints.started_on <= pauses.paused_on
    group by pauses.import_id, pauses.source_row

)

select
    people.member,
    pauses.paused_on,
    case when pauses.resumed_on <= settings.as_of then pauses.resumed_on end as resumed_on,
    case when pauses.resumed_on <= settings.as_of then null else gone.left_on end as left_on,
    coalesce(placed.plan, '(none)') as plan,
    coalesce(placed.interval, '(none)') as interval,
    coalesce(placed.source, '(none)') as source
from pauses
join people on people.member_id = pauses.member_id
cross join settings
left join gone on gone.import_id = pauses.import_id and gone.source_row = pauses.source_row
left join placed on placed.import_id = pauses.import_id and placed.source_row = pauses.source_row
where pauses.paused_on <= settings.as_of;

-- What runs for six months or longer at a time, from its first paid day.
create table long_terms as

select
    spells.spell_id,
    chained.member,
    chained.started_on,
    chained.ended_on,
    spells.ended_on as left_on,
    spells.cause,
    chained.term_months,
    chained.term_days,
    chained.plan,
    chained.interval,
    chained.source,
    chained.mrr
from chained
join spells on spells.member = chained.member and spells.spell_number = chained.spell_number
where chained.term_months >= 6 or chained.term_days >= 180;

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

-- A request to cancel made by a member, with the segment held that day; of several on one day the first.
create table requests as

with

made as (

    select
        people.member,
        cast(cancellations.requested_at as date) as requested_on,
        row_number() over (
            partition by people.member, cast(cancellations.requested_at as date)
            order by cancellations.requested_at, cancellations.import_id, cancellations.source_row
        ) as place
    from cancellations
    join people on people.member_id = cancellations.member_id
    where cancellations.requested_at is not null

),

held as (

    select
        made.member,
        made.requested_on,
        stints.spell_id,
        stints.plan,
        stints.interval,
        stints.source,
        row_number() over (
            partition by made.member, made.requested_on order by stints.started_on desc, stints.stint_number desc
        ) as recency
    from made
    join stints
        on stints.member = made.member and stints.started_on <= made.requested_on
        and (stints.ended_on is null or stints.ended_on >= made.requested_on)
    where made.place = 1

)

select
    held.member,
    held.spell_id,
    held.requested_on,
    spells.ended_on as left_on,
    held.plan,
    held.interval,
    held.source
from held
join spells on spells.spell_id = held.spell_id
where held.recency = 1;

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

-- one row per day, plan, interval and source: who came into the segment and who went out of it
create table movements_by_day as

select
    day,
    plan,
    interval,
    source,
    sum(started) as started,
    sum(ended) as ended
from (
    select started_on as day, plan, interval, source, count(*) as started, 0 as ended
    from stints
    group by started_on, plan, interval, source
    union all
    select ended_on, plan, interval, source, 0, count(*)
    from stints
    where ended_on is not null
    group by ended_on, plan, interval, source
) as movements
group by day, plan, interval, source
order by day;
