-- How many of those who came back leave again once the incentive has ended?
--
-- One row per incentive and span. Days count from the end of the incentive, or from the return where it has none; whoever left
-- before it ended has left again too.
--
--   incentive     what the message before the return offered
--   within_days   30, 60 or 90 days after its end
--   returned      returns for which these days have passed
--   left_again    of these, ended again by then
--   again_rate    left_again per returned
--   low           lower end of its 95 % Wilson interval
--   high          upper end of its 95 % Wilson interval
--   with_end      of the returned, the file tells when the incentive ended
--   settling      returns for which these days have not passed; in no rate
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source

with

back as (

    select
        returns.incentive,
        returns.member,
        returns.returned_on,
        case
            when returns.incentive_ends_on > returns.returned_on then returns.incentive_ends_on
            else returns.returned_on
        end as counted_from,
        coalesce(returns.incentive_ends_on > returns.returned_on, false) as from_incentive_end,
        min(absences.left_on) as left_on
    from credited_returns($first_day, $last_day, $plan, $interval, $cause, $source) as returns
    left join absences on absences.member = returns.member and absences.left_on > returns.returned_on
    group by returns.incentive, returns.member, returns.returned_on, returns.incentive_ends_on

),

followed as (

    select
        back.incentive,
        back.member,
        back.returned_on,
        back.counted_from,
        back.from_incentive_end,
        back.left_on,
        spans.within_days,
        back.counted_from + spans.within_days <= settings.as_of as settled,
        coalesce(back.left_on <= back.counted_from + spans.within_days, false) as left_again
    from back
    cross join (select unnest([30, 60, 90]) as within_days) as spans
    cross join settings

),

counted as (

    select
        incentive,
        within_days,
        cast(sum(case when settled then 1 else 0 end) as bigint) as returned,
        cast(sum(case when settled and left_again then 1 else 0 end) as bigint) as left_again,
        cast(sum(case when settled and from_incentive_end then 1 else 0 end) as bigint) as with_end,
        cast(sum(case when settled then 0 else 1 end) as bigint) as settling,
        count(*) as of_all
    from followed
    group by incentive, within_days

)

select
    incentive,
    within_days,
    returned,
    left_again,
    share(left_again, returned) as again_rate,
    wilson_low(left_again, returned) as low,
    wilson_high(left_again, returned) as high,
    with_end,
    settling
from counted
order by of_all desc, incentive, within_days;
