-- Whose memberships stand behind a curve of staying, and whose had ended by a day?
--
-- One row per spell, those ended first. The key is the segment, then a number of days: those ended within it; without days all.
--
--   member      number of the member
--   name        name, else e-mail or id
--   segment     value of the breakdown
--   started_on  first day of the spell
--   days_stayed  days followed
--   cause       why it ended; empty while it runs
--   hit         has it ended?
--
-- Parameters: $plan, $interval, $source, $by, $masked, $key

select
    spells.member,
    shown_name(people.called, spells.member, $masked) as name,
    followed.segment,
    spells.started_on,
    followed.seen_until as days_stayed,
    case when followed.ended then cast(followed.cause as varchar) end as cause,
    followed.ended as hit
from followed_spells($plan, $interval, $source, $by) as followed
join spells on spells.spell_id = followed.spell_id
join people on people.member = spells.member
where ($key[1] is null or $key[1] = '(all)' or followed.segment = $key[1])
    and ($key[2] is null or (followed.ended and followed.seen_until <= cast($key[2] as integer)))
order by followed.ended desc, followed.seen_until, spells.member, spells.started_on;
