-- What is known of the lessons: ask, make leaving easy, stay friendly, stay in touch?
--
-- One row per lesson, in the order in which they are told. Where counted is 0 a file is missing.
--
--   lesson   ask: leavers who told why; easy: requests done as promised; friendly: handling rated 4 or 5;
--            in_touch: leavers written to
--   hits     how many
--   counted  of how many
--   share    hits per counted
--   low      lower end of its 95 % Wilson interval
--   high     upper end of its 95 % Wilson interval
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $promise_hours

with

gone as (

    select spell_id, member, left_on
    from chosen_leavers($plan, $interval, $cause, $source)
    where ($first_day is null or left_on >= $first_day) and ($last_day is null or left_on <= $last_day)

),

answered as (

    select
        count(distinct case when answers.usable then gone.spell_id end) as hits,
        case when (select count(*) from answers) > 0 then count(distinct gone.spell_id) else 0 end as counted
    from gone
    left join answers on answers.spell_id = gone.spell_id

),

written as (

    select
        count(distinct case when messages.sent then gone.spell_id end) as hits,
        case when (select count(*) from messages) > 0 then count(distinct gone.spell_id) else 0 end as counted
    from gone
    left join messages
        on messages.member = gone.member and messages.left_on = gone.left_on and messages.problem is null

),

handled as (

    select
        measure,
        sum(case when settled and hit then 1 else 0 end) as hits,
        sum(case when settled then 1 else 0 end) as counted
    from measured_requests($plan, $interval, $source, $first_day, $last_day, $promise_hours)
    group by measure

),

told as (

    select 1 as place, 'ask' as lesson, hits, counted from answered
    union all
    select 2, 'easy', coalesce(sum(hits), 0), coalesce(sum(counted), 0) from handled where measure = 'within_promise'
    union all
    select 3, 'friendly', coalesce(sum(hits), 0), coalesce(sum(counted), 0) from handled where measure = 'good_rating'
    union all
    select 4, 'in_touch', hits, counted from written

)

select
    lesson,
    cast(hits as bigint) as hits,
    cast(counted as bigint) as counted,
    share(hits, counted) as share,
    wilson_low(hits, counted) as low,
    wilson_high(hits, counted) as high
from told
order by place;
