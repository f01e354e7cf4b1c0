-- What was written to leavers: messages matched to the absence in which they fell, and whether a return followed.

create table messages as

with

dated as (

    select
        cast(row_number() over (order by outreach.import_id, outreach.source_row) as integer) as message,
        outreach.import_id,
        outreach.source_row,
        people.member,
        coalesce(outreach.campaign, '(none)') as campaign,
        coalesce(outreach.arm, 'treated') as arm,
        coalesce(outreach.incentive, 'none') as incentive,
        cast(coalesce(outreach.assigned_at, outreach.sent_at) as date) as assigned_on,
        outreach.sent_at is not null or outreach.arm is distinct from 'holdout' as sent,
        cast(outreach.sent_at as date) as sent_on,
        cast(outreach.delivered_at as date) as delivered_on,
        cast(outreach.opened_at as date) as opened_on,
        cast(outreach.clicked_at as date) as clicked_on,
        cast(outreach.replied_at as date) as replied_on,
        cast(outreach.unsubscribed_at as date) as unsubscribed_on,
        outreach.reported_returned_on,
        outreach.incentive_ends_on,
        coalesce(outreach.cost, 0) as cost,
        coalesce(outreach.incentive_cost, 0) as incentive_cost
    from outreach
    join people on people.member_id = outreach.member_id

),

placed as (

    select
        dated.*,
        absences.absence_id,
        absences.left_on,
        coalesce(absences.returned_on, dated.reported_returned_on) as returned_on,
        absences.plan,
        absences.interval,
        absences.source,
        absences.cause,
        row_number() over (partition by dated.message order by absences.left_on desc) as recency
    from dated
    left join absences on absences.member = dated.member and absences.left_on <= dated.assigned_on

)

select
    message,
    import_id,
    source_row,
    member,
    campaign,
    arm,
    incentive,
    assigned_on,
    sent_on,
    opened_on,
    clicked_on,
    replied_on,
    unsubscribed_on,
    sent,
    delivered_on is not null as delivered,
    opened_on is not null as opened,
    clicked_on is not null as clicked,
    replied_on is not null as replied,
    unsubscribed_on is not null as unsubscribed,
    cost,
    incentive_cost,
    incentive_ends_on,
    absence_id,
    left_on,
    returned_on,
    plan,
    interval,
    source,
    cause,
    case
        when assigned_on is null then 'undated'
        when assigned_on > settings.as_of then 'after_data'
        when absence_id is null then 'before_leaving'
        when returned_on < assigned_on then 'after_return'
    end as problem,
    assigned_on + settings.winback_days as settles_on,
    assigned_on + settings.winback_days <= settings.as_of as settled,
    coalesce(returned_on - assigned_on between 0 and settings.winback_days, false) as returned
from placed
cross join settings
where recency = 1;
