-- Why they left: answers, silence, reasons and comments of the chosen leavers.

-- Usable answers of the chosen segment and days, each with the group of its leaving.
create macro grouped_answers(
    breakdown, chosen_unit, chosen_first, chosen_last, chosen_plan, chosen_interval, chosen_cause, chosen_source
) as table
select
    spoken.answer,
    spoken.member,
    spoken.counted_on,
    leaver_group(
        breakdown, spoken.plan, leavers.left_on - leavers.started_on, spoken.source, spoken.cause, leavers.spell_number, spoken.mrr
    ) as segment
from chosen_answers(chosen_unit, chosen_plan, chosen_interval, chosen_cause, chosen_source) as spoken
left join leavers on leavers.spell_id = spoken.spell_id
where spoken.usable
    and (chosen_first is null or spoken.counted_on >= chosen_first) and (chosen_last is null or spoken.counted_on <= chosen_last);

-- Leavers of the chosen segment and days, each with its group and what the survey heard of it.
create macro asked_leavers(
    breakdown, chosen_first, chosen_last, chosen_plan, chosen_interval, chosen_cause, chosen_source
) as table
select
    gone.spell_id,
    gone.member,
    gone.left_on,
    gone.started_on,
    gone.returned_on,
    gone.spell_number,
    gone.plan,
    gone.source,
    gone.cause,
    gone.mrr,
    said.answer,
    said.answer is not null as asked,
    coalesce(said.usable, false) as usable,
    coalesce(said.junk, false) as junk,
    leaver_group(
        breakdown, gone.plan, gone.left_on - gone.started_on, gone.source, gone.cause, gone.spell_number, gone.mrr
    ) as segment
from chosen_leavers(chosen_plan, chosen_interval, chosen_cause, chosen_source) as gone
left join answers as said on said.spell_id = gone.spell_id and said.speaks_for_leaving
where (chosen_first is null or gone.left_on >= chosen_first) and (chosen_last is null or gone.left_on <= chosen_last);

-- Each leaving with each reason named for it, weighing together 1; no_answer where none was named.
create macro leaving_reasons() as table
select
    leavers.spell_id,
    leavers.member,
    leavers.left_on,
    cast(coalesce(codes.reason, 'no_answer') as varchar) as reason,
    case when codes.reason is null then 1 else 1.0 / said.reasons end as weight
from leavers
left join answers as said on said.spell_id = leavers.spell_id and said.speaks_for_leaving and said.usable
left join (select answer, reason from named_reasons group by answer, reason) as codes on codes.answer = said.answer;

-- Comments of the chosen segment and days that say something, and hold every word that is looked for.
create macro chosen_comments(
    chosen_words, chosen_reason, chosen_first, chosen_last, chosen_unit, chosen_plan, chosen_interval, chosen_cause, chosen_source
) as table
select
    spoken.answer,
    spoken.member,
    spoken.counted_on,
    spoken.plan,
    spoken.comment,
    spoken.searched
from (
    select answer, member, counted_on, plan, comment, searchable(comment) as searched
    from chosen_answers(chosen_unit, chosen_plan, chosen_interval, chosen_cause, chosen_source)
    where answered and comment is not null and not is_junk(comment)
) as spoken
where (chosen_first is null or spoken.counted_on >= chosen_first) and (chosen_last is null or spoken.counted_on <= chosen_last)
    and (chosen_words is null or len(list_filter(
        string_split(trim(searchable(chosen_words)), ' '), lambda word: not contains(spoken.searched, word)
    )) = 0)
    and (chosen_reason is null or exists (
        select 1 from named_reasons
        where named_reasons.answer = spoken.answer and list_contains(chosen_reason, cast(named_reasons.reason as varchar))
    ));

-- Comments by theme; a rule is theme=keyword, and a comment falls under a theme once, however many of its keywords it holds.
create macro themed_comments(
    chosen_themes, chosen_words, chosen_reason, chosen_first, chosen_last, chosen_unit, chosen_plan, chosen_interval,
    chosen_cause, chosen_source
) as table
select
    rules.theme,
    said.answer,
    said.member,
    said.counted_on,
    said.plan,
    said.comment
from chosen_comments(
    chosen_words, chosen_reason, chosen_first, chosen_last, chosen_unit, chosen_plan, chosen_interval, chosen_cause, chosen_source
) as said
join (
    select split_part(rule, '=', 1) as theme, keyword_sought(split_part(rule, '=', 2)) as keyword
    from (select unnest(cast(chosen_themes as varchar[])) as rule) as written
) as rules on contains(said.searched, rules.keyword)
group by rules.theme, said.answer, said.member, said.counted_on, said.plan, said.comment;

-- What the price did to the chosen leavers who answered: after how long they left, whether they held the cheapest plan (had),
-- could have held a cheaper one sold in the year before they left (could_have), or had no choice (none_sold).
create macro price_told(chosen_first, chosen_last, chosen_plan, chosen_interval, chosen_cause, chosen_source) as table
with

gone as (

    select spell_id, member, left_on, started_on, returned_on, plan, mrr, answer
    from asked_leavers('none', chosen_first, chosen_last, chosen_plan, chosen_interval, chosen_cause, chosen_source)
    where usable and mrr > 0

),

offered as (

    select plan, period_of(started_on, 'month') as month_start, ordered_mean(mrr) as mrr
    from stints
    where mrr > 0
    group by plan, period_of(started_on, 'month')

),

-- looked up once for each plan and day on which somebody left it, not for everybody who did
cheapest as (

    select days.plan, days.left_on, min(offered.mrr) as other_mrr
    from (select plan, left_on from gone group by plan, left_on) as days
    join offered
        on offered.plan <> days.plan and offered.month_start between days.left_on - 365 and days.left_on
    group by days.plan, days.left_on

)

select
    gone.spell_id,
    gone.member,
    gone.left_on,
    gone.returned_on,
    gone.plan,
    gone.mrr,
    tenure_band(gone.left_on - gone.started_on) as tenure,
    case
        when cheapest.other_mrr < 0.99 * gone.mrr then 'could_have'
        when cheapest.other_mrr is not null then 'had'
        else 'none_sold'
    end as price_plan,
    case when naming.answer is null then 0 else 1 end as names_price
from gone
left join cheapest on cheapest.plan = gone.plan and cheapest.left_on = gone.left_on
left join (select answer from named_reasons where reason = 'price' group by answer) as naming on naming.answer = gone.answer;
