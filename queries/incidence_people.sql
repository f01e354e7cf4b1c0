-- Who left for a reason within so many days of joining?
--
-- One row per leaver, newest first. The key is the reason, then the days.
--
--   reason       code of the reason; no_answer: left without naming one
--   member       number of the member
--   name         name, else e-mail or id
--   started_on   first day of the spell
--   left_on      first day without access
--   days_stayed  days from one to the other
--   plan         plan held when leaving
--
-- Parameters: $plan, $interval, $source, $masked, $key

select
    named.reason,
    named.member,
    shown_name(people.called, named.member, $masked) as name,
    leavers.started_on,
    leavers.left_on,
    followed.seen_until as days_stayed,
    cast(leavers.plan as varchar) as plan
from followed_spells($plan, $interval, $source, 'none') as followed
join leaving_reasons() as named on named.spell_id = followed.spell_id
join leavers on leavers.spell_id = followed.spell_id
join people on people.member = named.member
where followed.ended
    and ($key[1] is null or named.reason = $key[1]) and ($key[2] is null or followed.seen_until <= cast($key[2] as integer))
order by leavers.left_on desc, named.member, named.reason;
