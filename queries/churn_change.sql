-- Why did churn change: did members behave differently, or are they other members?
--
-- One row per segment, and one for all together. Two ranges of settled or settling periods, pooled: churned ÷ active at
-- the start of each period, summed. Where no days are given: the newest settled period against the one before it. The
-- parts of all segments add up to the change; a segment that is absent in one range takes its other rate.
--
--   segment        value of the breakdown, (all) for all together
--   before_first   first day of the earlier range
--   before_last    its last day
--   after_first    first day of the later range
--   after_last     its last day
--   state          settled, or settling while either range can still move
--   active_before  members at the start of each period, summed
--   churned_before  of them, no longer members at its end
--   rate_before    churned per active
--   weight_before  share of the segment in all active
--   active_after   the same in the later range
--   churned_after  the same in the later range
--   rate_after     the same in the later range
--   weight_after   the same in the later range
--   change         rate_after − rate_before
--   low            lower end of its 95 % Newcombe interval
--   high           upper end of its 95 % Newcombe interval
--   behaviour      part of the whole change that comes from the segment's own rate
--   mix            part of the whole change that comes from its weight
--   simpson        worse, better: the whole moved against every single segment; none otherwise
--   members_before  different members in the earlier range, of however many periods
--   members_after  the same in the later range
--
-- Parameters: $before_first, $before_last, $after_first, $after_last, $split, $grain, $plan, $interval, $cause, $source

with

compared as (

    select period_start, last_day, state, side
    from compared_periods($grain, $before_first, $before_last, $after_first, $after_last)

),

spans as (

    select
        min(case when side = 'before' then period_start end) as before_first,
        max(case when side = 'before' then last_day end) as before_last,
        min(case when side = 'after' then period_start end) as after_first,
        max(case when side = 'after' then last_day end) as after_last,
        max(state) as state,
        greatest(count(case when side = 'before' then 1 end), count(case when side = 'after' then 1 end)) as periods
    from compared

),

present as (

    select
        segment_of(
            $split, held.plan, held.interval, held.source, held.spell_number, held.spell_started_on,
            compared.period_start - held.spell_started_on
        ) as segment,
        held.member,
        compared.side,
        1 as active,
        0 as churned
    from chosen_stints($plan, $interval, $source) as held
    join compared
        on held.started_on < compared.period_start
        and (held.ended_on is null or held.ended_on >= compared.period_start)
    union all
    select
        segment_of(
            $split, gone.plan, gone.interval, gone.source, gone.spell_number, gone.started_on,
            compared.period_start - gone.started_on
        ) as segment,
        gone.member,
        compared.side,
        0 as active,
        1 as churned
    from leavers_from_start(
        $grain, $plan, $interval, $cause, $source,
        (select least(before_first, after_first) from spans), (select greatest(before_last, after_last) from spans)
    ) as gone
    join compared on compared.period_start = gone.period_start
    where not gone.back

),

-- within one period everybody stands once; only over several are they told apart by name
repeated as (

    select
        coalesce(present.segment, '(all)') as segment,
        present.segment is null as whole,
        count(distinct case when present.side = 'before' then present.member end) as members_before,
        count(distinct case when present.side = 'after' then present.member end) as members_after
    from present
    join spans on spans.periods > 1
    group by grouping sets ((present.segment), ())
    having count(*) > 0

),

-- of the many rows once; each segment, and the whole, from the few sums
summed as (

    select segment, side, sum(active) as active, sum(churned) as churned
    from present
    group by segment, side

),

counted as (

    select
        coalesce(segment, '(all)') as segment,
        segment is null as whole,
        cast(sum(case when side = 'before' then active else 0 end) as bigint) as active_before,
        cast(sum(case when side = 'before' then churned else 0 end) as bigint) as churned_before,
        cast(sum(case when side = 'after' then active else 0 end) as bigint) as active_after,
        cast(sum(case when side = 'after' then churned else 0 end) as bigint) as churned_after
    from summed
    group by grouping sets ((segment), ())

),

rated as (

    select
        counted.segment,
        counted.whole,
        counted.active_before,
        counted.churned_before,
        share(counted.churned_before, counted.active_before) as rate_before,
        share(counted.active_before, totals.active_before) as weight_before,
        counted.active_after,
        counted.churned_after,
        share(counted.churned_after, counted.active_after) as rate_after,
        share(counted.active_after, totals.active_after) as weight_after,
        share(totals.churned_before, totals.active_before) as total_before,
        share(totals.churned_after, totals.active_after) as total_after,
        coalesce(repeated.members_before, counted.active_before) as members_before,
        coalesce(repeated.members_after, counted.active_after) as members_after
    from counted
    join counted as totals on totals.whole
    left join repeated on repeated.segment = counted.segment and repeated.whole = counted.whole

),

parts as (

    select
        segment,
        whole,
        active_before,
        churned_before,
        rate_before,
        weight_before,
        active_after,
        churned_after,
        rate_after,
        weight_after,
        total_before,
        total_after,
        members_before,
        members_after,
        rate_after - rate_before as change,
        case when not whole then behaviour_part(
            weight_before, weight_after, coalesce(rate_before, rate_after), coalesce(rate_after, rate_before)
        ) end as behaviour,
        case when not whole then mix_part(
            weight_before, weight_after, coalesce(rate_before, rate_after), coalesce(rate_after, rate_before),
            total_before, total_after
        ) end as mix
    from rated
    where active_before + active_after > 0

),

against_all as (

    select
        case
            when count(*) < 2 or count(change) < count(*) then 'none'
            when max(change) < 0 and max(total_after - total_before) > 0 then 'worse'
            when min(change) > 0 and max(total_after - total_before) < 0 then 'better'
            else 'none'
        end as simpson
    from parts
    where not whole

)

select
    parts.segment,
    spans.before_first,
    spans.before_last,
    spans.after_first,
    spans.after_last,
    spans.state,
    parts.active_before,
    parts.churned_before,
    parts.rate_before,
    parts.weight_before,
    parts.active_after,
    parts.churned_after,
    parts.rate_after,
    parts.weight_after,
    parts.change,
    newcombe_low(parts.churned_after, parts.active_after, parts.churned_before, parts.active_before) as low,
    newcombe_high(parts.churned_after, parts.active_after, parts.churned_before, parts.active_before) as high,
    coalesce(parts.behaviour, sum(parts.behaviour order by parts.behaviour) over ()) as behaviour,
    coalesce(parts.mix, sum(parts.mix order by parts.mix) over ()) as mix,
    against_all.simpson,
    parts.members_before,
    parts.members_after
from parts
cross join spans
cross join against_all
where parts.total_before is not null and parts.total_after is not null
order by parts.whole desc, parts.active_before + parts.active_after desc, parts.segment;
