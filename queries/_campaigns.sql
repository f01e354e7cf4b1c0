-- What messages did: both arms of campaigns, first messages, and returns credited once.

-- Both arms of the campaigns to compare, a leaver once per incentive, campaign and arm: campaigns with a hold-out where an
-- incentive had one, else all of its campaigns.
create macro campaign_arms(
    chosen_first, chosen_last, chosen_plan, chosen_interval, chosen_cause, chosen_source
) as table
with

sent as (

    select campaign, arm, incentive, absence_id, member, left_on, returned_on, settled, returned, assigned_on
    from chosen_messages(chosen_plan, chosen_interval, chosen_cause, chosen_source)
    where (chosen_first is null or assigned_on >= chosen_first) and (chosen_last is null or assigned_on <= chosen_last)

),

campaigns as (

    select
        incentives.incentive,
        incentives.campaign,
        max(case when sent.arm = 'holdout' then 1 else 0 end) as has_holdout
    from (select distinct incentive, campaign from sent where arm = 'treated') as incentives
    join sent on sent.campaign = incentives.campaign
    group by incentives.incentive, incentives.campaign

),

compared as (

    select incentive, max(has_holdout) as has_holdout
    from campaigns
    group by incentive

)

select
    campaigns.incentive,
    campaigns.campaign,
    compared.has_holdout = 1 as has_holdout,
    sent.arm,
    sent.absence_id,
    min(sent.member) as member,
    min(sent.left_on) as left_on,
    min(sent.assigned_on) as assigned_on,
    min(sent.returned_on) as returned_on,
    max(case when sent.settled then 1 else 0 end) as settled,
    max(case when sent.settled and sent.returned then 1 else 0 end) as returned
from campaigns
join compared on compared.incentive = campaigns.incentive and campaigns.has_holdout = compared.has_holdout
join sent on sent.campaign = campaigns.campaign
    and (sent.arm = 'holdout' or sent.incentive = campaigns.incentive)
group by campaigns.incentive, campaigns.campaign, compared.has_holdout, sent.arm, sent.absence_id;

-- A leaver's first message of each offer (incentive or campaign), and whether a return followed within the win-back days.
create macro first_messages(
    breakdown, chosen_first, chosen_last, chosen_plan, chosen_interval, chosen_cause, chosen_source
) as table
select
    firsts.offer,
    firsts.absence_id,
    firsts.member,
    firsts.left_on,
    firsts.returned_on,
    firsts.assigned_on,
    firsts.assigned_on - firsts.left_on as days_away,
    firsts.assigned_on - firsts.left_on + settings.winback_days as days_until,
    firsts.assigned_on + settings.winback_days as settles_on,
    firsts.assigned_on + settings.winback_days <= settings.as_of as settled,
    coalesce(firsts.returned_on - firsts.assigned_on <= settings.winback_days, false) as returned,
    coalesce(firsts.returned_on - firsts.assigned_on <= settings.winback_days, false) and sum(
        case when firsts.returned_on - firsts.assigned_on <= settings.winback_days then 1 else 0 end
    ) over (partition by firsts.absence_id) > 1 as shared
from (
    select
        case breakdown when 'campaign' then campaign when 'incentive' then incentive else '(all)' end as offer,
        absence_id,
        min(member) as member,
        min(assigned_on) as assigned_on,
        min(left_on) as left_on,
        min(returned_on) as returned_on
    from chosen_messages(chosen_plan, chosen_interval, chosen_cause, chosen_source)
    where arm = 'treated'
        and (chosen_first is null or assigned_on >= chosen_first) and (chosen_last is null or assigned_on <= chosen_last)
    group by case breakdown when 'campaign' then campaign when 'incentive' then incentive else '(all)' end, absence_id
) as firsts
cross join settings;

-- Returns within the win-back days of a settled message, each credited once, to the last message before it.
create macro credited_returns(
    chosen_first, chosen_last, chosen_plan, chosen_interval, chosen_cause, chosen_source
) as table
select incentive, campaign, member, absence_id, assigned_on, left_on, returned_on, incentive_ends_on, mrr
from (
    select
        sent.incentive,
        sent.campaign,
        sent.member,
        sent.absence_id,
        sent.assigned_on,
        sent.left_on,
        sent.returned_on,
        offered.incentive_ends_on,
        coalesce(again.mrr, 0) as mrr,
        row_number() over (
            partition by sent.absence_id order by sent.assigned_on desc, sent.message desc, again.started_on desc
        ) as recency
    from chosen_messages(chosen_plan, chosen_interval, chosen_cause, chosen_source) as sent
    join messages as offered on offered.message = sent.message
    left join stints as again
        on again.member = sent.member and again.started_on <= sent.returned_on
        and (again.ended_on is null or again.ended_on > sent.returned_on)
    where sent.arm = 'treated' and sent.settled and sent.returned
        and (chosen_first is null or sent.assigned_on >= chosen_first) and (chosen_last is null or sent.assigned_on <= chosen_last)
) as claims
where recency = 1;
