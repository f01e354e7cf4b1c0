-- Who came back and left again?
--
-- One row per return that ended again, newest first. The key is the incentive, then the days after its end.
--
--   incentive     what the message before the return offered
--   member        number of the member
--   name          name, else e-mail or id
--   returned_on   start of the paid time
--   counted_from  end of the incentive, or the return where it has none
--   left_on       first day without access again
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source, $masked, $key

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

)

select
    followed.incentive,
    followed.member,
    shown_name(people.called, followed.member, $masked) as name,
    followed.returned_on,
    followed.counted_from,
    followed.left_on
from followed
join people on people.member = followed.member
where followed.settled and followed.left_again
    and ($key[1] is null or followed.incentive = $key[1])
    and followed.within_days = coalesce(cast($key[2] as integer), 90)
order by followed.left_on desc, followed.member;
