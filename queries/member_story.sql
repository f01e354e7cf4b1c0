-- What happened with this member, from joining to today?
--
-- One row per event of the one member that `$member` (# and a number) names, oldest first.
--
--   lane        membership, payments, leaving, feedback or letters
--   happened    joined, returned, switched, left, paused, resumed, failed, refunded, asked, replied, done, answered, sent,
--               opened, clicked, letter_answered or unsubscribed
--   day         the day
--   until       for joined, returned and switched: first day no longer on that plan, null while it runs; else null
--   seen_until  the same, as_of while it runs
--   code        cause, outcome, incentive or reason codes joined with ;
--   detail      plan, campaign or channel, in the owner's words
--   amount      monthly amount held, or the charge
--   comment     what the member wrote, addresses, numbers and names hidden unless they are uncovered
--
-- Parameters: $member, $masked

with

who as (

    select member, member_id from people where concat('#', member) = $member

),

-- a pause cuts a stint in two without a switch: pieces of one plan that meet where a pause begins or ends are one
cut as (

    select
        stints.spell_number,
        stints.stint_number,
        stints.started_on,
        stints.ended_on,
        cast(stints.plan as varchar) as plan,
        stints.mrr,
        case
            when edges.day is not null
                and stints.plan is not distinct from lag(stints.plan) over (partition by stints.spell_number order by stints.stint_number)
                and stints.stint_number > 1 then 0
            else 1
        end as begins
    from stints
    join who on who.member = stints.member
    left join (
        select breaks.paused_on as day from breaks join who on who.member = breaks.member
        union
        select breaks.resumed_on from breaks join who on who.member = breaks.member
    ) as edges on edges.day = stints.started_on

),

pieces as (

    select
        spell_number,
        stint_number,
        started_on,
        ended_on,
        plan,
        mrr,
        sum(begins) over (partition by spell_number order by stint_number) as piece
    from cut

),

membership as (

    select
        case
            when min(stint_number) > 1 then 'switched'
            when spell_number > 1 then 'returned'
            else 'joined'
        end as happened,
        min(started_on) as day,
        case when count(ended_on) = count(*) then max(ended_on) end as until,
        cast(null as varchar) as code,
        min_by(plan, stint_number) as detail,
        min_by(mrr, stint_number) as amount
    from pieces
    group by spell_number, piece
    union all
    select 'left', leavers.left_on, null, cast(leavers.cause as varchar), cast(leavers.plan as varchar), leavers.mrr
    from leavers
    join who on who.member = leavers.member
    union all
    select 'paused', breaks.paused_on, null, null, null, null
    from breaks
    join who on who.member = breaks.member
    union all
    select 'resumed', breaks.resumed_on, null, null, null, null
    from breaks
    join who on who.member = breaks.member
    where breaks.resumed_on is not null

),

charges as (

    select payments.status as happened, cast(payments.paid_at as date) as day, payments.amount
    from payments
    join who on who.member_id = payments.member_id
    cross join settings
    where payments.status in ('failed', 'refunded') and payments.paid_at < settings.as_of + 1

),

requests_made as (

    select farewells.*
    from farewells
    join who on who.member = farewells.member

),

given_reasons as (

    select answer, string_agg(distinct cast(reason as varchar), ';' order by cast(reason as varchar)) as code
    from named_reasons
    group by answer

),

told as (

    select answers.day, given_reasons.code, answers.comment
    from answers
    join who on who.member = answers.member
    left join given_reasons on given_reasons.answer = answers.answer
    where answers.answered

),

letters as (

    select messages.*
    from messages
    join who on who.member = messages.member

),

events as (

    select 'membership' as lane, happened, day, until, code, detail, amount, cast(null as varchar) as comment from membership
    union all
    select 'payments', happened, day, null, null, null, amount, null from charges
    union all
    select 'leaving', 'asked', requested_on, null, outcome, nullif(cast(channel as varchar), '(none)'), null, null from requests_made
    union all
    select 'leaving', 'replied', cast(first_reply_at as date), null, null, null, null, null
    from requests_made
    where first_reply_at is not null
    union all
    select 'leaving', 'done', cast(done_at as date), null, outcome, offer, null, null from requests_made where done_at is not null
    union all
    select 'feedback', 'answered', day, null, code, null, null, case when $masked = 'yes' then null else comment end from told
    union all
    select 'letters', 'sent', sent_on, null, incentive, campaign, null, null from letters where sent_on is not null
    union all
    select 'letters', 'opened', opened_on, null, null, campaign, null, null from letters where opened_on is not null
    union all
    select 'letters', 'clicked', clicked_on, null, null, campaign, null, null from letters where clicked_on is not null
    union all
    select 'letters', 'letter_answered', replied_on, null, null, campaign, null, null
    from letters
    where replied_on is not null
    union all
    select 'letters', 'unsubscribed', unsubscribed_on, null, null, campaign, null, null
    from letters
    where unsubscribed_on is not null

)

select
    events.lane,
    events.happened,
    events.day,
    events.until,
    case when events.happened in ('joined', 'returned', 'switched') then coalesce(events.until, settings.as_of) end as seen_until,
    events.code,
    events.detail,
    events.amount,
    events.comment
from events
cross join settings
order by
    day,
    case lane when 'payments' then 1 when 'leaving' then 2 when 'feedback' then 3 when 'letters' then 4 else 5 end,
    case happened when 'asked' then 1 when 'replied' then 2 when 'done' then 3 else 4 end,
    until nulls last;
