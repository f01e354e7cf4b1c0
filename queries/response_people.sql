-- Who of those who left told us why?
--
-- One row per leaver with a usable answer, newest first. The key is the first day of a period of leaving.
--
--   period_start  first day of the period
--   member        number of the member
--   name          name, else e-mail or id
--   left_on       first day without access
--   plan          plan held when leaving
--   comment       what was written, names and numbers masked
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $cause, $source, $masked, $key

select
    period_of(gone.left_on, $grain) as period_start,
    gone.member,
    shown_name(people.called, gone.member, $masked) as name,
    gone.left_on,
    cast(gone.plan as varchar) as plan,
    answers.comment
from asked_leavers('none', null, null, $plan, $interval, $cause, $source) as gone
join people on people.member = gone.member
join answers on answers.answer = gone.answer
where gone.usable and case
    when $key is null then ($first_day is null or gone.left_on >= $first_day) and ($last_day is null or gone.left_on <= $last_day)
    else cast(period_of(gone.left_on, $grain) as varchar) = $key[1]
end
order by gone.left_on desc, gone.member;
