-- How members asked to leave, or paused: requests matched to the spell in which they were made, and pauses.

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
