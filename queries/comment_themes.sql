-- What do the comments speak of?
--
-- One row per theme found in three comments or more, most comments first. A rule is theme=keyword; fewer than three comments
-- claim nothing.
--
--   theme     name of the theme
--   comments  comments that hold one of its keywords
--   of_all    all comments that say something
--   share     comments per of_all
--   low       lower end of its 95 % Wilson interval
--   high      upper end of its 95 % Wilson interval
--
-- Parameters: $themes, $words, $reason, $first_day, $last_day, $plan, $interval, $cause, $source, $unit

with

all_comments as (

    select count(*) as of_all
    from chosen_comments($words, $reason, $first_day, $last_day, $unit, $plan, $interval, $cause, $source)

),

counted as (

    select theme, count(*) as comments
    from themed_comments($themes, $words, $reason, $first_day, $last_day, $unit, $plan, $interval, $cause, $source)
    group by theme

)

select
    counted.theme,
    counted.comments,
    all_comments.of_all,
    share(counted.comments, all_comments.of_all) as share,
    wilson_low(counted.comments, all_comments.of_all) as low,
    wilson_high(counted.comments, all_comments.of_all) as high
from counted
cross join all_comments
where counted.comments >= 3
order by counted.comments desc, counted.theme;
