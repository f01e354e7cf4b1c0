-- What the data is: the canonical tables, as the reader hands them over.
--
-- Every row knows the file and the line it came from (import_id, source_row). Days are DATE, moments are
-- TIMESTAMP in the zone of the source. Amounts are DOUBLE in major units of their currency.

-- one row per file brought
create table imports (
    import_id integer,
    file_name varchar,
    sha256 varchar,
    system varchar,
    kind varchar,
    as_of date,
    as_of_basis varchar,          -- asked / file_name / newest_row
    observed_from date,           -- first day from which leavers are in the data
    time_zone varchar,
    currency varchar,
    encoding varchar,
    delimiter varchar,
    rows_read bigint,
    rows_taken bigint,
    rows_set_aside bigint
);

-- one row per thing noticed in a file
create table findings (
    import_id integer,
    code varchar,
    severity varchar,             -- refused / doubtful / note
    "column" varchar,
    rows bigint[],                -- lines of a CSV, rows of a sheet; at most the first twenty
    row_count bigint,             -- how many rows it concerns
    example varchar
);

-- one row per cell that a rule changed
create table originals (
    import_id integer,
    source_row bigint,
    "column" varchar,
    raw varchar
);

-- one row per person
create table members (
    import_id integer,
    source_row bigint,
    member_id varchar,            -- normalised e-mail, or the source's own id where there is none
    email_norm varchar,
    name varchar,
    joined_on date,
    source varchar,               -- where the member came from
    country varchar,
    tags varchar,
    no_contact_since date
);

-- one row per subscription at one price
create table subscriptions (
    import_id integer,
    source_row bigint,
    subscription_id varchar,
    member_id varchar,
    plan varchar,
    interval_unit varchar,        -- day / week / month / year / lifetime
    interval_count integer,
    price double,
    quantity double,
    currency varchar,
    status varchar,               -- trialing active past_due paused pending_cancel cancelled expired never_paid unknown
    status_raw varchar,
    started_on date,
    trial_ends_on date,
    access_until date,            -- first day without paid access, as far as paid today
    cancel_requested_at timestamp,
    ended_on date,                -- first day without access; null while it runs
    ended_basis varchar,          -- exported / expiry / last_charge / snapshot_diff / unknown
    cause varchar,                -- voluntary / involuntary / unknown; null while it runs
    switched_to varchar
);

-- one row per pause
create table pauses (
    import_id integer,
    source_row bigint,
    member_id varchar,
    subscription_id varchar,
    paused_on date,
    resumed_on date
);

-- one row per request to cancel
create table cancellations (
    import_id integer,
    source_row bigint,
    cancellation_id varchar,
    member_id varchar,
    requested_at timestamp,
    first_reply_at timestamp,
    done_at timestamp,
    channel varchar,
    contacts integer,
    outcome varchar,              -- cancelled / saved / paused / abandoned
    offer varchar,
    offer_accepted boolean,
    offer_ended_on date,
    handling_rating integer,
    heat varchar,                 -- none / complaint / threat / escalated
    heat_outcome varchar
);

-- one row per invitation to one exit survey
create table survey_answers (
    import_id integer,
    source_row bigint,
    answer_id varchar,
    member_id varchar,
    asked_at timestamp,
    answered_at timestamp,
    comment varchar,
    satisfaction integer,
    would_return boolean,
    shown_reasons varchar
);

-- one row per reason named in an answer
create table answer_reasons (
    import_id integer,
    source_row bigint,
    answer_id varchar,
    reason varchar,               -- one of the codes of the metric registry
    wording varchar               -- the owner's own words
);

-- one row per message sent to a leaver, or per leaver held out
create table outreach (
    import_id integer,
    source_row bigint,
    message_id varchar,
    member_id varchar,
    campaign varchar,
    arm varchar,                  -- treated / holdout
    assigned_at timestamp,
    incentive varchar,            -- none / discount / course / free_content / feedback_request / the owner's word
    incentive_cost double,
    incentive_ends_on date,
    channel varchar,
    sent_at timestamp,
    delivered_at timestamp,
    opened_at timestamp,
    clicked_at timestamp,
    replied_at timestamp,
    unsubscribed_at timestamp,
    cost double,
    reported_returned_on date     -- where the owner's file itself says who came back
);

-- one row per charge
create table payments (
    import_id integer,
    source_row bigint,
    member_id varchar,
    subscription_id varchar,
    paid_at timestamp,
    amount double,
    refunded double,
    currency varchar,
    status varchar                -- paid / failed / refunded / pending
);

-- one row: what holds for the whole data set
create table settings (
    as_of date,                   -- the data is complete up to and with this day
    observed_from date,           -- leavers before this day are not in the data; null means all are
    grace_days integer,           -- a gap of no more days is no leaving
    winback_days integer,         -- within so many days a return counts for a message
    currency varchar              -- in which amounts are given; null where no file tells one
);

-- one row per other currency of which the owner typed a fixed rate
create table rates (
    currency varchar,
    rate double                   -- units of the chosen currency for one of it
);
