-- What is there to do: who may be written to, and everybody on a to-do list.

-- Whoever asked, in any file, not to be written to: by the person, and by every person with the same e-mail address.
create macro withheld_people() as table
with

asked as (

    select member from people where no_contact_since is not null
    union
    select member from messages where unsubscribed

)

select member from asked
union
select same.member
from asked
join people on people.member = asked.member
join people as same on same.email_norm = people.email_norm;

-- Everybody who left and is not back, with the last leaving, what was written to them since, and what they said.
create macro gone_people(chosen_plan, chosen_interval, chosen_cause, chosen_source) as table
with

gone as (

    select absence_id, member, left_on, plan, cause
    from chosen_absences(chosen_plan, chosen_interval, chosen_cause, chosen_source)
    where returned_on is null

),

-- a lifetime, free or trial membership that runs is no leaving
inside as (

    select distinct member
    from unpaid
    where why in ('lifetime', 'free', 'trial', 'in_the_future') and runs

),

written as (

    select
        absence_id,
        sum(case when sent then 1 else 0 end) as letters,
        max(case when sent then assigned_on end) as last_letter_on,
        max(case when replied then 1 else 0 end) as replies,
        max(case when sent and incentive = 'feedback_request' then 1 else 0 end) as asked_why,
        max(case when arm = 'holdout' and not settled then 1 else 0 end) as held_out
    from messages
    where problem is null
    group by absence_id

),

heard as (

    select
        leavers.member,
        leavers.left_on,
        max(case when answers.usable then 1 else 0 end) as answered,
        max(case when answers.speaks_for_leaving then answers.answer end) as answer
    from answers
    join leavers on leavers.spell_id = answers.spell_id
    group by leavers.member, leavers.left_on

)

select
    gone.member,
    gone.left_on,
    gone.plan,
    gone.cause,
    heard.answer,
    coalesce(heard.answered, 0) = 1 or coalesce(written.replies, 0) = 1 as gave_feedback,
    coalesce(written.letters, 0) as letters,
    coalesce(written.asked_why, 0) = 1 as asked_why,
    written.last_letter_on
from gone
left join written on written.absence_id = gone.absence_id
left join heard on heard.member = gone.member and heard.left_on = gone.left_on
where gone.member not in (select member from inside) and coalesce(written.held_out, 0) = 0;

-- Every member's newest charge, where it failed at most 30 days before as_of and nothing was paid since.
create macro failed_cards() as table
with

ranked as (

    select
        people.member,
        cast(payments.paid_at as date) as day,
        payments.status,
        row_number() over (
            partition by people.member order by payments.paid_at desc, case payments.status when 'failed' then 1 else 0 end
        ) as recency
    from payments
    join people on people.member_id = payments.member_id
    cross join settings
    where payments.status in ('paid', 'failed') and payments.paid_at < settings.as_of + 1

)

select ranked.member, ranked.day as failed_on
from ranked
cross join settings
where ranked.recency = 1 and ranked.status = 'failed' and ranked.day >= settings.as_of - 30;

-- Everything to do, whoever it is about; day is when it began or falls due. The days chosen are those of the leaving.
create macro todos(chosen_plan, chosen_interval, chosen_cause, chosen_source, chosen_first, chosen_last, promise) as table
with

held as (

    select member, spell_id, plan
    from chosen_stints(chosen_plan, chosen_interval, chosen_source)
    where ended_on is null

),

going as (

    select member, max(access_until) as access_until
    from ways_out
    where status = 'pending_cancel'
    group by member

),

past_due as (

    select member, min(access_until) as failed_on
    from ways_out
    where status = 'past_due'
    group by member

),

cards as (

    select member, min(failed_on) as failed_on
    from (select member, failed_on from failed_cards() union all select member, failed_on from past_due) as both_ways
    group by member

),

lost_cards as (

    select leavers.member, leavers.plan, leavers.left_on
    from chosen_leavers(chosen_plan, chosen_interval, chosen_cause, chosen_source) as leavers
    where leavers.cause <> 'voluntary' and leavers.returned_on is null

)

select 'never_contacted' as todo, member, left_on as day, left_on, cast(plan as varchar) as plan, answer, cast(null as varchar) as detail
from gone_people(chosen_plan, chosen_interval, chosen_cause, chosen_source)
where letters = 0
    and (chosen_first is null or left_on >= chosen_first) and (chosen_last is null or left_on <= chosen_last)
union all
select 'ask_again', member, last_letter_on, left_on, cast(plan as varchar), answer, null
from gone_people(chosen_plan, chosen_interval, chosen_cause, chosen_source)
where letters > 0 and not gave_feedback and not asked_why
    and (chosen_first is null or left_on >= chosen_first) and (chosen_last is null or left_on <= chosen_last)
union all
select 'late_requests', member, requested_on, null, plan, null, channel
from chosen_requests(chosen_plan, chosen_interval, chosen_source, null, null)
where awaits_end and waited > promise
union all
select 'offer_ends', asked.member, asked.offer_ended_on, null, asked.plan, null, asked.offer
from chosen_requests(chosen_plan, chosen_interval, chosen_source, null, null) as asked
join (select distinct member from held) as staying on staying.member = asked.member
cross join settings
where asked.offer_accepted and period_of(asked.offer_ended_on, 'month') = period_of(settings.as_of + 1, 'month')
union all
select 'paid_up', going.member, going.access_until, going.access_until, max(cast(held.plan as varchar)), null, null
from going
join held on held.member = going.member
group by going.member, going.access_until
union all
select 'card_to_update', cards.member, cards.failed_on, lost_cards.left_on,
    coalesce(max(cast(held.plan as varchar)), max(cast(lost_cards.plan as varchar))), null, null
from cards
left join held on held.member = cards.member
left join lost_cards on lost_cards.member = cards.member and lost_cards.left_on >= cards.failed_on - 45
where cards.member not in (select member from going) and (held.member is not null or lost_cards.member is not null)
group by cards.member, cards.failed_on, lost_cards.left_on;
