-- Who is a member today, from whom the forecast sets out?
--
-- One row per member, those who joined last first.
--
--   member       number of the member
--   name         name, else e-mail or id
--   started_on   first day of the spell
--   days_stayed  days since then
--   plan         plan held today
--   mrr          monthly amount of today
--
-- Parameters: $plan, $interval, $source, $masked

select
    spells.member,
    shown_name(people.called, spells.member, $masked) as name,
    spells.started_on,
    followed.seen_until as days_stayed,
    cast(held.plan as varchar) as plan,
    held.mrr
from followed_spells($plan, $interval, $source, 'plan') as followed
join stints as held on held.spell_id = followed.spell_id and held.ended_on is null
join spells on spells.spell_id = followed.spell_id
join people on people.member = spells.member
where not followed.ended
order by spells.started_on desc, spells.member;
