-- Which comments speak of a theme?
--
-- One row per comment, newest first. The key is the theme; without one, the newest three of each theme that has as many.
--
--   theme    name of the theme
--   comment  what was written, names and numbers masked
--   member   number of the member
--   name     name, else e-mail or id
--   day      day of leaving, or of the answer where every answer counts
--   plan     plan held when leaving
--
-- Parameters: $themes, $words, $reason, $first_day, $last_day, $plan, $interval, $cause, $source, $unit, $masked, $key

with

placed as (

    select
        theme,
        answer,
        member,
        counted_on,
        plan,
        comment,
        row_number() over (partition by theme order by counted_on desc, answer) as recency,
        count(*) over (partition by theme) as comments
    from themed_comments($themes, $words, $reason, $first_day, $last_day, $unit, $plan, $interval, $cause, $source)

)

select
    placed.theme,
    placed.comment,
    placed.member,
    shown_name(people.called, placed.member, $masked) as name,
    placed.counted_on as day,
    cast(placed.plan as varchar) as plan
from placed
join people on people.member = placed.member
where placed.comments >= 3 and case when $key is null then placed.recency <= 3 else placed.theme = $key[1] end
order by placed.comments desc, placed.theme, placed.counted_on desc, placed.answer;
