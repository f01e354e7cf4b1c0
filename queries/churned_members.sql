-- Who left in a period and was not back at its end, and who was?
--
-- One row per member of the start of a period whose spell ended within it, newest first. The rows with back = false
-- are the numerator of member churn; those with back = true make the difference to spells ended. With a key (the first
-- day of a period, then a cause or a term) only the numerator of that period, by that cause, on plans of that term.
--
--   period_start  first day of the period
--   member        number of the member
--   name          name, else e-mail or id
--   left_on       first day without access
--   returned_on   start of the next spell
--   back          was a member again on the period's last day
--   cause         voluntary, involuntary or unknown
--   plan          plan held when the period began
--   mrr           monthly amount held when the period began
--
-- Parameters: $first_day, $last_day, $grain, $plan, $interval, $cause, $source, $key, $masked

select
    gone.period_start,
    gone.member,
    shown_name(people.called, gone.member, $masked) as name,
    gone.left_on,
    gone.returned_on,
    gone.back,
    cast(gone.cause as varchar) as cause,
    cast(gone.plan as varchar) as plan,
    gone.mrr
from leavers_from_start($grain, $plan, $interval, $cause, $source, null, null) as gone
join people on people.member = gone.member
where case
    when $key is null then ($first_day is null or gone.left_on >= $first_day) and ($last_day is null or gone.left_on <= $last_day)
    else cast(gone.period_start as varchar) = $key[1] and not gone.back
        and ($key[2] is null or $key[2] in (cast(gone.cause as varchar), term_group(gone.interval)))
end
order by gone.left_on desc, gone.member;
