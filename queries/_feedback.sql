-- What leavers said: answers matched to the leaving that they speak of, and the reasons named in them.

create type reason_code as enum (
    'price', 'not_using', 'content', 'missing_topic', 'difficulty', 'switched',
    'service', 'finished', 'break', 'life_change', 'other', 'no_answer'
);

create table answers as

with

given as (

    select
        cast(row_number() over (order by survey_answers.import_id, survey_answers.source_row) as integer) as answer,
        survey_answers.answer_id,
        survey_answers.import_id,
        survey_answers.source_row,
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
        given.source_row,
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

-- one row per usable answer and reason that it names: an equal part of the monthly amount that left with it
create table named_codes as

select
    answers.answer,
    codes.reason,
    answers.mrr / answers.reasons as mrr,
    answers.speaks_for_leaving,
    answers.day,
    answers.left_on,
    answers.plan,
    answers.interval,
    answers.source,
    answers.cause
from answers
join (select answer, reason from named_reasons group by answer, reason) as codes on codes.answer = answers.answer
where answers.usable;

-- one row per usable answer and reason that its survey offered: was it named?
create table offered_codes as

select
    offered.answer,
    offered.reason,
    case when named_codes.answer is null then 0 else 1 end as named,
    offered.speaks_for_leaving,
    offered.day,
    offered.left_on,
    offered.plan,
    offered.interval,
    offered.source,
    offered.cause
from (
    select distinct
        answer,
        trim(unnest(string_split(shown_reasons, ';'))) as reason,
        speaks_for_leaving,
        day,
        left_on,
        plan,
        interval,
        source,
        cause
    from answers
    where usable and shown_reasons is not null
) as offered
left join named_codes on named_codes.answer = offered.answer and cast(named_codes.reason as varchar) = offered.reason;
