-- Who came back within so many days of leaving?
--
-- One row per absence observed for so long that ended in a return, newest first. The key is the number of days.
--
--   member        number of the member
--   name          name, else e-mail or id
--   left_on       first day without access
--   returned_on   start of the next paid time
--   days_away     days from one to the other
--   within_grace  back within the grace time, and so never counted as a leaver
--   plan          plan held when leaving
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $masked, $key

select
    gone.member,
    shown_name(people.called, gone.member, $masked) as name,
    gone.left_on,
    gone.returned_on,
    gone.returned_on - gone.left_on as days_away,
    gone.within_grace,
    cast(gone.plan as varchar) as plan
from chosen_absences($plan, $interval, $cause, $source) as gone
join people on people.member = gone.member
cross join settings
where gone.returned_on is not null
    and ($key[1] is null or (
        gone.returned_on - gone.left_on <= cast($key[1] as integer) and gone.left_on + cast($key[1] as integer) <= settings.as_of
    ))
    and ($first_day is null or gone.left_on >= $first_day) and ($last_day is null or gone.left_on <= $last_day)
order by gone.returned_on desc, gone.member;
