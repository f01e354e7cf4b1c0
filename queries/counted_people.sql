-- Whom does a definition of churn count in a period?
--
-- One row per leaving, request, renewal or return that the definition counts, by day. The key is the period's first day,
-- then the definition.
--
--   member  number of the member
--   name    name, else e-mail or id
--   event   leaving, return, request or renewal
--   day     when it happened
--   kind    which kind of member it was
--   counts  how often it counts; a return takes away from net churn
--
-- Parameters: $grain, $plan, $interval, $cause, $source, $masked, $key

select
    events.member,
    shown_name(people.called, events.member, $masked) as name,
    events.event,
    events.day,
    events.kind,
    counts_in($key[2], events.churned, events.ended, events.asked, events.not_renewed, events.returned) as counts
from definition_events(cast($key[1] as date), $grain, $plan, $interval, $cause, $source, null, null) as events
join people on people.member = events.member
where counts_in($key[2], events.churned, events.ended, events.asked, events.not_renewed, events.returned) <> 0
order by events.day, events.member, events.event;
