-- To whom was an offer shown, and who still pays after it ended?
--
-- One row per offer shown whose answer is known; with a key (offer and stage) those that count at that stage.
--
--   member        number of the member in this data set
--   name          name, or the number where it is not known or masked
--   email         e-mail address, where known
--   requested_at  when the request was made
--   plan          plan held
--   outcome       what became of it
--   accepted      was it accepted?
--   ended_on      last day of the offer
--   kept          accepted, or still a paying member on the day that the stage looks at
--
-- Parameters: $first_day, $last_day, $plan, $interval, $source, $masked, $key

with

stage as (

    select
        $key[1] as offer,
        case $key[2] when 'paying_30' then 30 when 'paying_60' then 60 when 'paying_90' then 90 end as days

),

asked as (

    select chosen.*, stage.days, chosen.offer_ended_on + stage.days as looked_at
    from chosen_requests($plan, $interval, $source, $first_day, $last_day) as chosen
    cross join stage
    cross join settings
    where chosen.offer is not null and chosen.offer_accepted is not null
        and (stage.offer is null or chosen.offer = stage.offer)
        and (stage.days is null or chosen.offer_accepted and chosen.offer_ended_on + stage.days <= settings.as_of)

),

paying as (

    select distinct asked.request
    from asked
    join spells
        on spells.member = asked.member
        and spells.started_on <= asked.looked_at
        and (spells.ended_on is null or spells.ended_on > asked.looked_at)

)

select
    asked.member,
    shown_name(people.called, asked.member, $masked) as name,
    shown_email(people.email_norm, $masked) as email,
    asked.requested_at,
    asked.plan,
    asked.outcome,
    asked.offer_accepted as accepted,
    asked.offer_ended_on as ended_on,
    case when asked.days is null then asked.offer_accepted else paying.request is not null end as kept
from asked
join people on people.member = asked.member
left join paying on paying.request = asked.request
order by kept desc, asked.requested_at, asked.request;
