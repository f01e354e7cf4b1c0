-- Who asked to cancel in a period, and who of them has left?
--
-- One row per member, by the day of the first request of the period. The key is the period's first day.
--
--   member        number of the member
--   name          name, else e-mail or id
--   requested_on  day of the first request in the period
--   plan          plan held then
--   left_on       first day without access, where the member has left
--   hit           has the member left by now?
--
-- Parameters: $grain, $plan, $interval, $source, $masked, $key

select
    asked.member,
    shown_name(people.called, asked.member, $masked) as name,
    min(asked.requested_on) as requested_on,
    min_by(cast(asked.plan as varchar), asked.requested_on) as plan,
    max(asked.left_on) as left_on,
    max(asked.left_on) is not null as hit
from requests as asked
join people on people.member = asked.member
where is_chosen($plan, asked.plan) and is_chosen($interval, asked.interval) and is_chosen($source, asked.source)
    and ($key is null or cast(period_of(asked.requested_on, $grain) as varchar) = $key[1])
group by asked.member, people.called, period_of(asked.requested_on, $grain)
order by requested_on, asked.member;
