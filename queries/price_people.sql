-- Who left for the price?
--
-- One row per leaver whose answer names it, newest first. The key is the tenure band, (all) meaning any, then the use of the price plan.
--
--   tenure       how long they had been members
--   price_plan   had, could_have or none_sold
--   member       number of the member
--   name         name, where a file gives it
--   left_on      first day without access
--   returned_on  start of the next spell
--   plan         plan held when leaving
--   mrr          monthly amount that left
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $masked, $key

with

gone as (

    select spell_id, member, left_on, started_on, returned_on, plan, mrr, answer
    from asked_leavers('none', $first_day, $last_day, $plan, $interval, $cause, $source)
    where usable and mrr > 0

),

offered as (

    select plan, period_of(started_on, 'month') as month_start, avg(mrr) as mrr
    from stints
    where mrr > 0
    group by plan, period_of(started_on, 'month')

),

cheaper as (

    select gone.spell_id
    from gone
    join offered
        on offered.plan <> gone.plan and offered.mrr < 0.99 * gone.mrr
        and offered.month_start between gone.left_on - 365 and gone.left_on
    group by gone.spell_id

),

other_plan as (

    select gone.spell_id
    from gone
    join offered
        on offered.plan <> gone.plan and offered.month_start between gone.left_on - 365 and gone.left_on
    group by gone.spell_id

),

told as (

    select
        gone.spell_id,
        gone.member,
        gone.left_on,
        gone.returned_on,
        gone.plan,
        gone.mrr,
        tenure_band(gone.left_on - gone.started_on) as tenure,
        case
            when cheaper.spell_id is not null then 'could_have'
            when other_plan.spell_id is not null then 'had'
            else 'none_sold'
        end as price_plan,
        case when naming.answer is null then 0 else 1 end as names_price
    from gone
    left join cheaper on cheaper.spell_id = gone.spell_id
    left join other_plan on other_plan.spell_id = gone.spell_id
    left join (select answer from named_reasons where reason = 'price' group by answer) as naming on naming.answer = gone.answer

)

select
    told.tenure,
    told.price_plan,
    told.member,
    shown_name(people.name, told.member, $masked) as name,
    told.left_on,
    told.returned_on,
    cast(told.plan as varchar) as plan,
    told.mrr
from told
join people on people.member = told.member
where told.names_price = 1
    and ($key[1] is null or $key[1] = '(all)' or told.tenure = $key[1]) and ($key[2] is null or told.price_plan = $key[2])
order by told.left_on desc, told.member;
