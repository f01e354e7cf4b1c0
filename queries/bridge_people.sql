-- Whom does each step between two definitions of churn count?
--
-- One row per event, by day. The key is the step (one, events, other), then the kind of events; without it the differences.
--
--   member  number of the member
--   name    name, else e-mail or id
--   event   leaving, return, request or renewal
--   day     when it happened
--   kind    why the definitions differ here
--   counts  how often it counts at this step; a return takes away from net churn
--
-- Parameters: $definition, $against, $period, $first_day, $last_day, $grain, $plan, $interval, $cause, $source, $masked, $key

with

listed as (

    select
        member,
        event,
        day,
        cast(null as varchar) as kind,
        counts_in(
            case when $key[1] = 'one' then $definition else $against end, churned, ended, asked, not_renewed, returned
        ) as counts
    from definition_events($period, $grain, $plan, $interval, $cause, $source, $first_day, $last_day)
    where $key[1] in ('one', 'other')
    union all
    select member, event, day, cast(kind as varchar), in_other - in_one
    from definition_differences(
        $definition, $against, $period, $grain, $plan, $interval, $cause, $source, $first_day, $last_day
    )
    where $key is null or ($key[1] = 'events' and ($key[2] is null or kind = $key[2]))

)

select
    listed.member,
    shown_name(people.called, listed.member, $masked) as name,
    listed.event,
    listed.day,
    listed.kind,
    listed.counts
from listed
join people on people.member = listed.member
where listed.counts <> 0
order by listed.day, listed.member, listed.event;
