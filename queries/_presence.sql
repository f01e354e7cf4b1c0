-- How long members were there and when they were away: lifespans and absences.

-- Spells on the axis of their age, with the segment held at joining: from the day they enter (−1: from the beginning; a
-- spell older than observed_from enters at the age it had that day) to the day they were last seen.
create table lifespans as

select
    spell_id,
    plan,
    interval,
    source,
    spell_number,
    started_on,
    cause,
    mrr,
    ended,
    entered,
    seen_until
from (
    select
        spells.spell_id,
        stints.plan,
        stints.interval,
        stints.source,
        spells.spell_number,
        spells.started_on,
        spells.cause,
        stints.mrr,
        spells.ended_on is not null as ended,
        case
            when spells.started_on < settings.observed_from then settings.observed_from - spells.started_on
            else -1
        end as entered,
        coalesce(spells.ended_on, settings.as_of) - spells.started_on as seen_until
    from stints
    join spells on spells.spell_id = stints.spell_id
    cross join settings
    where stints.stint_number = 1
) as followed
where seen_until > entered;

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
        1 as presence_number,
        started_on,
        ended_on,
        plan,
        interval,
        source,
        cause,
        null as returned_on
    from alone

)

select
    cast(followed.member as bigint) * 10000000 + followed.presence_number as absence_id,
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
where followed.ended_on is not null;
