-- How leaving felt: what requests waited for, and every yes-or-no number of the farewell.

-- What each request waited for, in hours: the first reply (where there was somebody to reply) and its end. Waiting is
-- over (ended = 1), or was seen as far as as_of (ended = 0).
create macro waits(chosen_plan, chosen_interval, chosen_source, chosen_first, chosen_last, breakdown, chosen_grain) as table
select
    'reply' as waited_for,
    request,
    request_segment(breakdown, chosen_grain, channel, requested_on, plan) as segment,
    coalesce(hours_to_reply, waited) as hours,
    case when hours_to_reply is null then 0 else 1 end as ended
from chosen_requests(chosen_plan, chosen_interval, chosen_source, chosen_first, chosen_last)
where not self_service and (hours_to_reply is not null or awaits_reply)
union all
select
    'done' as waited_for,
    request,
    request_segment(breakdown, chosen_grain, channel, requested_on, plan) as segment,
    coalesce(hours_to_done, waited) as hours,
    case when hours_to_done is null then 0 else 1 end as ended
from chosen_requests(chosen_plan, chosen_interval, chosen_source, chosen_first, chosen_last)
where hours_to_done is not null or awaits_end;

-- The share still waiting after so many hours, Kaplan–Meier: one row per segment and hour at which a wait ended or was
-- last seen. Where nobody waits any more, it is the plain share, and its median the value of the middle row.
create macro waiting_curve(chosen_plan, chosen_interval, chosen_source, chosen_first, chosen_last, breakdown, chosen_grain) as table
with

counted as (

    select
        waited_for,
        segment,
        hours,
        count(*) as seen,
        sum(ended) as ended
    from waits(chosen_plan, chosen_interval, chosen_source, chosen_first, chosen_last, breakdown, chosen_grain)
    group by waited_for, segment, hours

),

at_risk as (

    select
        waited_for,
        segment,
        hours,
        seen,
        ended,
        sum(seen) over (
            partition by waited_for, segment order by hours desc rows between unbounded preceding and current row
        ) as at_risk
    from counted

)

select
    waited_for,
    segment,
    hours,
    cast(at_risk as bigint) as at_risk,
    cast(ended as bigint) as ended,
    cast(seen - ended as bigint) as censored,
    exp(sum(case when ended < at_risk then ln(1 - share(ended, at_risk)) else 0 end) over so_far)
        * case when max(case when ended = at_risk then 1 else 0 end) over so_far = 1 then 0 else 1 end as waiting,
    sum(case when ended < at_risk then cast(ended as double) / at_risk / (at_risk - ended) else 0 end) over so_far as greenwood
from at_risk
window so_far as (partition by waited_for, segment order by hours rows between unbounded preceding and current row);

-- Every yes-or-no number of the farewell: one row per request and measure that it counts for, whether it is a hit, and the
-- day from which that no longer moves.
create macro measured_requests(chosen_plan, chosen_interval, chosen_source, chosen_first, chosen_last, promise) as table
with

chosen as (

    select * from chosen_requests(chosen_plan, chosen_interval, chosen_source, chosen_first, chosen_last)

),

promised as (

    select
        promises.measure,
        chosen.request,
        coalesce(chosen.hours_to_done <= promises.hours, false) as hit,
        chosen.requested_on + cast(ceil(promises.hours / 24.0) as integer) as settles_on,
        chosen.waited >= promises.hours as settled
    from chosen
    cross join (select 'within_promise' as measure, promise as hours union all select 'within_day', 24) as promises
    where chosen.hours_to_done is not null or chosen.awaits_end

),

judged as (

    select measure, request, hit, settles_on, settled from promised
    union all
    select 'more_contacts', request, contacts > 1, requested_on, true from chosen where contacts is not null
    union all
    select 'self_service', request, self_service and not is_open, requested_on, true
    from chosen
    where contacts is not null or channel <> '(none)'
    union all
    select 'good_rating', request, rating >= 4, requested_on, true from chosen where rating is not null
    union all
    select 'heat', request, heat <> 'none', requested_on, true from chosen where heat is not null
    union all
    select 'saved', request, saved, save_settles_on, save_settles_on <= settings.as_of
    from chosen
    cross join settings
    where is_real and save_settles_on is not null

)

select
    judged.measure,
    judged.request,
    judged.hit,
    judged.settles_on,
    judged.settled,
    chosen.member,
    chosen.requested_on,
    chosen.channel,
    chosen.plan
from judged
join chosen on chosen.request = judged.request;
