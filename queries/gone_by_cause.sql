-- Who had left by a cause within so many days of joining?
--
-- One row per spell that ended so, the shortest first. The key is the cause, then the days.
--
--   member       number of the member
--   name         name, else e-mail or id
--   cause        voluntary, involuntary or unknown
--   started_on   first day of the spell
--   days_stayed  days from joining to leaving
--
-- Parameters: $plan, $interval, $source, $masked, $key

select
    spells.member,
    shown_name(people.called, spells.member, $masked) as name,
    cast(followed.cause as varchar) as cause,
    spells.started_on,
    followed.seen_until as days_stayed
from followed_spells($plan, $interval, $source, 'none') as followed
join spells on spells.spell_id = followed.spell_id
join people on people.member = spells.member
where followed.ended
    and ($key[1] is null or cast(followed.cause as varchar) = $key[1])
    and ($key[2] is null or followed.seen_until <= cast($key[2] as integer))
order by followed.seen_until, spells.member, spells.started_on;
