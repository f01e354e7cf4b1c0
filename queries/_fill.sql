-- From one file's typed rows (`staged`) into the canonical tables; each section is run with $import_id.
--
-- Subscriptions wait in `subscriptions_read` until every file is known: their ends depend on as_of. See _derive.sql.

-- section: prepare
create table if not exists subscriptions_read (
    import_id integer,
    source_row bigint,
    subscription_id varchar,
    member_id varchar,
    plan varchar,
    interval_unit varchar,
    interval_count integer,
    price double,
    quantity double,
    currency varchar,
    status varchar,
    status_raw varchar,
    started_on date,
    trial_ends_on date,
    expires_on date,
    lapses boolean,
    cancel_requested_at timestamp,
    end_given date,
    last_charge_on date,
    cause_given varchar,
    ended_basis varchar,
    switched boolean,
    switched_to varchar
);

create table if not exists aliases (
    system varchar,
    own_id varchar,
    email varchar,
    site boolean                  -- known by this address on the site itself, not only where it pays
);

-- one row per file with subscriptions: whose it is, up to which day, and whether leavers are in it
create table if not exists exports (
    import_id integer,
    system varchar,
    source varchar,               -- exports of one source on two days are two pictures of the same list
    day date,
    holds varchar                 -- all / today / today_unless_ended / no_ends / left
);

-- one row per member and thing of which two exports of a system tell the amount
create table if not exists claims (
    import_id integer,
    system varchar,
    member_id varchar,
    source_row bigint,
    about varchar,
    heading varchar,
    amount double
);

-- one row per person whose payments stand in another system
create table if not exists payers (
    import_id integer,
    source_row bigint,
    member_id varchar,
    system varchar
);

-- one row per file of single events, of which several belong to one message
create table if not exists event_files (
    import_id integer
);

-- one campaign, however its name is written in two files
create or replace temporary macro campaign_key(campaign) as
    lower(trim(regexp_replace(coalesce(campaign, ''), '[ _-]+', ' ', 'g')));

-- one row per list of addresses that are not all members
create table if not exists newsletters (
    import_id integer
);

-- section: subscriptions
insert into subscriptions_read
select
    $import_id,
    source_row,
    subscription_id,
    member_id,
    plan,
    interval_unit,
    case when interval_unit is not null then coalesce(interval_count, 1) * coalesce(term_count, 1) end,
    case
        when price is null and interval_unit = 'year' then mrr * 12 * coalesce(interval_count, 1) * coalesce(term_count, 1)
        when price is null and interval_unit = 'month' then mrr * coalesce(interval_count, 1) * coalesce(term_count, 1)
        when price is null and interval_unit is null then mrr
        else price
    end,
    case when price is null and mrr is not null then 1 else quantity end,
    upper(coalesce(currency, $currency)),
    case when is_trial and coalesce(status, 'active') in ('active', 'unknown') then 'trialing' else status end,
    coalesce(status_raw, paid_word),
    started_on,
    coalesce(trial_ends_on, case when trial_days > 0 and is_trial then started_on + trial_days end),
    expires_on,
    $lapses,
    cancel_requested_at,
    end_given,
    last_charge_on,
    coalesce(
        cause_given,
        case when reasons is not null then coalesce(caused.cause, 'voluntary') end
    ),
    ended_basis,
    switched,
    switched_to
from staged
left join (select cell, any_value(cause) as cause from wordings group by cell) as caused on caused.cell = staged.reasons
where aside is null;

-- section: members
insert into members
select
    $import_id,
    min(source_row),
    member_id,
    any_value(case when member_id = email then email end),
    any_value(coalesce(name, nullif(concat_ws(' ', first_name, last_name), ''))),
    min(joined_on),
    any_value(source),
    any_value(country),
    any_value(tags),
    min(no_contact_since)
from staged
where aside is null
group by member_id;

-- section: members_of_subscriptions
insert into members
select
    $import_id,
    min(source_row),
    member_id,
    any_value(case when member_id = email then email end),
    any_value(coalesce(name, nullif(concat_ws(' ', first_name, last_name), ''))),
    null,
    any_value(source),
    any_value(country),
    null,
    null
from staged
where aside is null
group by member_id;

-- section: pauses
insert into pauses
select
    $import_id,
    source_row,
    member_id,
    subscription_id,
    paused_on,
    resumed_on
from staged
where aside is null;

-- section: cancellations
insert into cancellations
select
    $import_id,
    source_row,
    coalesce(cancellation_id, concat('c', $import_id, '-', source_row)),
    member_id,
    requested_at,
    first_reply_at,
    done_at,
    channel,
    contacts,
    coalesce(outcome, case when done_at is not null then 'cancelled' end),
    offer,
    offer_accepted,
    offer_ended_on,
    handling_rating,
    coalesce(heat, 'none'),
    heat_outcome
from staged
where aside is null;

-- section: survey_answers
insert into survey_answers
select
    $import_id,
    source_row,
    coalesce(answer_id, concat('a', $import_id, '-', source_row)),
    member_id,
    asked_at,
    answered_at,
    comment,
    satisfaction,
    would_return,
    shown_reasons
from staged
where aside is null;

-- section: answers_of_subscriptions
insert into survey_answers
select
    $import_id,
    source_row,
    concat('a', $import_id, '-', source_row),
    member_id,
    null,
    coalesce(cancel_requested_at, end_given, expires_on),
    comment,
    null,
    null,
    null
from staged
where aside is null and (reasons is not null or comment is not null);

-- section: answer_reasons
insert into answer_reasons
select
    $import_id,
    staged.source_row,
    survey_answers.answer_id,
    wordings.reason,
    wordings.wording
from staged
join wordings on wordings.cell = staged.reasons and wordings.words is not distinct from staged.wording
join survey_answers on survey_answers.import_id = $import_id and survey_answers.source_row = staged.source_row
where staged.aside is null and wordings.reason is not null;

-- section: outreach
insert into outreach
select
    $import_id,
    source_row,
    coalesce(message_id, concat('m', $import_id, '-', source_row)),
    member_id,
    campaign,
    coalesce(arm, 'treated'),
    assigned_at,
    coalesce(incentive, 'none'),
    incentive_cost,
    incentive_ends_on,
    channel,
    sent_at,
    delivered_at,
    opened_at,
    clicked_at,
    replied_at,
    unsubscribed_at,
    cost,
    reported_returned_on
from staged
where aside is null;

-- section: payments
insert into payments
select
    $import_id,
    source_row,
    member_id,
    subscription_id,
    paid_at,
    amount,
    coalesce(refunded, 0),
    upper(coalesce(currency, $currency)),
    coalesce(status, 'paid')
from staged
where aside is null;

-- section: persons_once
create or replace temporary table persons as

with

ranked as (

    select
        *,
        case
            when import_id in (select import_id from newsletters) then 2
            when import_id in (select import_id from subscriptions_read) then 1
            else 0
        end as place
    from members

)

select
    arg_min(import_id, (place, import_id)) as import_id,
    arg_min(source_row, (place, import_id)) as source_row,
    member_id,
    max(email_norm) as email_norm,
    arg_min(name, (place, import_id)) as name,
    min(joined_on) as joined_on,
    arg_min(source, (place, import_id)) as source,
    arg_min(country, (place, import_id)) as country,
    arg_min(tags, (place, import_id)) as tags,
    min(no_contact_since) as no_contact_since
from ranked
group by member_id;

-- section: persons_kept
delete from members;

-- section: persons_back
insert into members
select
    import_id,
    source_row,
    member_id,
    email_norm,
    name,
    joined_on,
    source,
    country,
    tags,
    no_contact_since
from persons;

-- section: persons_done
drop table persons;

-- section: aliases
insert into aliases
select distinct
    coalesce($pays_through, $system),
    own_id,
    email,
    $pays_through is not null
from staged
where aside is null and own_id is not null and member_id = email;

-- section: exports
insert into exports
values ($import_id, $system, $source, $day, $holds);

-- section: payers
insert into payers
select
    $import_id,
    source_row,
    member_id,
    $pays_through
from staged
where aside is null and pays is not null;

-- section: event_files
insert into event_files
values ($import_id);

-- section: newsletters
insert into newsletters
values ($import_id);

-- section: events_without_recipients
create or replace temporary table events_without_recipients as
select distinct outreach.import_id
from outreach
left join outreach as sent
    on campaign_key(sent.campaign) = campaign_key(outreach.campaign)
    and sent.import_id not in (select import_id from event_files)
where outreach.import_id in (select import_id from event_files) and sent.import_id is null;

-- section: events_merged
create or replace temporary table events_merged as
select
    min(import_id) as import_id,
    arg_min(source_row, import_id) as source_row,
    arg_min(message_id, (import_id, source_row)) as message_id,
    member_id,
    arg_min(campaign, import_id) as campaign,
    campaign_key(campaign) as campaign_key,
    date_trunc('day', min(assigned_at)) as assigned_at,
    min(opened_at) as opened_at,
    min(clicked_at) as clicked_at
from outreach
where import_id in (select import_id from event_files)
group by member_id, campaign_key(campaign);

-- section: events_taken_out
delete from outreach
where import_id in (select import_id from event_files);

-- section: events_to_recipients
update outreach
set
    opened_at = least(outreach.opened_at, events_merged.opened_at),
    clicked_at = least(outreach.clicked_at, events_merged.clicked_at)
from events_merged
where events_merged.member_id = outreach.member_id
    and events_merged.campaign_key = campaign_key(outreach.campaign)
    and outreach.arm = 'treated';

-- section: events_of_others
insert into outreach
select
    import_id,
    source_row,
    message_id,
    member_id,
    campaign,
    'treated',
    assigned_at,
    'none',
    null,
    null,
    'email',
    null,
    null,
    opened_at,
    clicked_at,
    null,
    null,
    null,
    null
from events_merged
where not exists (
    select 1
    from outreach
    where outreach.member_id = events_merged.member_id
        and campaign_key(outreach.campaign) = events_merged.campaign_key
        and outreach.arm = 'treated'
);

-- section: newsletter_strangers
create or replace temporary table newsletter_strangers as
select
    import_id,
    source_row,
    member_id
from members
where import_id in (select import_id from newsletters)
    and member_id not in (
        select member_id from subscriptions_read
        union
        select member_id from members where import_id not in (select import_id from newsletters)
    );

-- section: newsletter_strangers_out
delete from members
using newsletter_strangers
where newsletter_strangers.import_id = members.import_id and newsletter_strangers.member_id = members.member_id;
