-- Which reasons come back, and with which incentive?
--
-- One row per incentive and reason that the leaver had given, settled first messages only. One answer may name several
-- reasons. Return rate only, effect unknown.
--
--   incentive   what was offered
--   reason      reason given when leaving; no_answer: none was named
--   sent        leavers with it who were written to
--   returned    of these, returned within the win-back days
--   conversion  returned per sent
--   low         lower end of its 95 % Wilson interval
--   high        upper end of its 95 % Wilson interval
--   written     leavers written to with this incentive, whatever their reason
--
-- Parameters: $first_day, $last_day, $plan, $interval, $cause, $source

with

written as (

    select
        followed.offer as incentive,
        followed.member,
        followed.left_on,
        followed.assigned_on,
        followed.returned_on,
        followed.returned
    from first_messages('incentive', $first_day, $last_day, $plan, $interval, $cause, $source) as followed
    where followed.settled

),

told as (

    select
        named.reason,
        written.incentive,
        written.member,
        written.left_on,
        written.assigned_on,
        written.returned_on,
        written.returned
    from written
    join leaving_reasons() as named on named.member = written.member and named.left_on = written.left_on

),

sizes as (

    select incentive, count(*) as written
    from written
    group by incentive

)

select
    told.incentive,
    told.reason,
    count(*) as sent,
    cast(sum(case when told.returned then 1 else 0 end) as bigint) as returned,
    share(sum(case when told.returned then 1 else 0 end), count(*)) as conversion,
    wilson_low(sum(case when told.returned then 1 else 0 end), count(*)) as low,
    wilson_high(sum(case when told.returned then 1 else 0 end), count(*)) as high,
    max(sizes.written) as written
from told
join sizes on sizes.incentive = told.incentive
group by told.incentive, told.reason
order by written desc, told.incentive, sent desc, told.reason;
