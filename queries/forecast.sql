-- How many of today's members will still be there over the next 12 months?
--
-- One row per month from today (as_of) on; new members are not counted. Each member of age a is expected to remain with
-- S(t + a) ÷ S(a), S by plan at joining (of all for plans of which ten were never observed); beyond the longest follow-up of at least ten, S goes on with the hazard of its
-- last 90 days, leavers per member-day. The band holds both that S is estimated (Greenwood, by the delta method over all members at once)
-- and that members decide singly (binomial); normal, 95 %.
--
--   months_ahead  months from today
--   day           the day
--   base          members today
--   members       of these, expected to remain
--   low           lower end of the 95 % band
--   high          upper end of the 95 % band
--   assumed       share of those expected to remain who are then older than S was observed
--   mrr           monthly amount of those expected to remain
--
-- Parameters: $plan, $interval, $source

with

remaining as (

    select segment, age, months_ahead, day, days_ahead, members, mrr, staying, days_assumed
    from remaining_base($plan, $interval, $source)

),

-- how many of those expected to remain a change of the hazard on one day of age would concern
concerned as (

    select segment, months_ahead, age + 1 as day, members * staying as concerned from remaining
    union all
    select segment, months_ahead, age + days_ahead + 1 as day, -members * staying as concerned from remaining

),

later as (

    select segment, months_ahead, ordered_sum(members * staying * days_assumed) as concerned
    from remaining
    group by segment, months_ahead

),

curve as materialized (

    select segment, day, moved, weight, doubt
    from survival_ahead($plan, $interval, $source)

),

observed as (

    select segment, day, moved, weight
    from curve
    where moved > 0

),

-- two lines of each kind at most, whose sum is the same in either order
by_day as (

    select segment, months_ahead, day, sum(concerned) as concerned, sum(moved) as moved, sum(weight) as weight
    from (
        select segment, months_ahead, day, concerned, 0 as moved, 0 as weight from concerned
        union all
        select observed.segment, later.months_ahead, observed.day, 0 as concerned, observed.moved, observed.weight
        from observed
        join later on later.segment = observed.segment
    ) as days
    group by segment, months_ahead, day

),

running as (

    select
        segment,
        months_ahead,
        moved,
        weight,
        sum(concerned) over (
            partition by segment, months_ahead order by day rows between unbounded preceding and current row
        ) as concerned
    from by_day

),

-- where nobody left in the days that the assumption rests on, that is no certainty that nobody will
doubted as (

    select later.months_ahead, ordered_sum(pow(later.concerned * doubts.doubt, 2)) as variance
    from later
    join (
        select segment, max(doubt) as doubt
        from curve
        group by segment
    ) as doubts on doubts.segment = later.segment
    group by later.months_ahead

),

estimated as (

    select months_ahead, ordered_sum(variance) as variance
    from (
        select
            running.months_ahead,
            ordered_sum(running.moved * pow(running.concerned + running.weight * later.concerned, 2)) as variance
        from running
        join later on later.segment = running.segment and later.months_ahead = running.months_ahead
        group by running.months_ahead
        union all
        select months_ahead, variance from doubted
    ) as parts
    group by months_ahead

),

summed as (

    select
        months_ahead,
        day,
        cast(sum(members) as bigint) as base,
        ordered_sum(members * staying) as members,
        ordered_sum(members * staying * (1 - staying)) as single,
        ordered_sum(case when days_assumed > 0 then members * staying else 0 end) as assumed,
        ordered_sum(mrr * staying) as mrr
    from remaining
    group by months_ahead, day

)

select
    cast(summed.months_ahead as integer) as months_ahead,
    summed.day,
    summed.base,
    summed.members,
    greatest(0, summed.members - 1.959963984540054 * sqrt(summed.single + coalesce(estimated.variance, 0))) as low,
    least(summed.base, summed.members + 1.959963984540054 * sqrt(summed.single + coalesce(estimated.variance, 0))) as high,
    summed.assumed / nullif(summed.members, 0) as assumed,
    summed.mrr
from summed
left join estimated on estimated.months_ahead = summed.months_ahead
order by summed.months_ahead;
