-- After how many days is half of them gone, and do the groups really differ?
--
-- One row per segment, largest first. The median is the first day with a survival of one half or less, its interval the
-- days on which the ends of the 95 % log-log band get there (Brookmeyer and Crowley 1982); empty: not reached. The
-- log-rank test compares the groups of ten and more, at most the twenty largest; it stands in every row.
--
--   segment       value of the breakdown, (all) without one
--   spells        spells followed
--   ended         of these, ended
--   median        days after which half are gone
--   low           lower end of its 95 % interval
--   high          upper end of its 95 % interval
--   at_risk       still observed at the median
--   followed      longest time with at least ten still observed, in days
--   begins        age from which on ten were observed, where spells entered late: the median is then not known
--   compared      groups in the test
--   chi_square    log-rank statistic
--   df            its degrees of freedom
--   p             probability of such a difference or a larger one among groups that do not differ
--
-- Parameters: $plan, $interval, $source, $by

with

curve as (

    select
        segment,
        day,
        at_risk,
        survival,
        log_log_low(survival, greenwood) as low,
        log_log_high(survival, greenwood) as high,
        begins
    from survival_curve($plan, $interval, null, $source, $by)

),

medians as (

    select
        segment,
        min(case when survival <= 0.5 + 1e-12 and begins is null then day end) as median,
        min(case when low <= 0.5 + 1e-12 and begins is null then day end) as low,
        min(case when high <= 0.5 + 1e-12 and begins is null then day end) as high,
        min_by(at_risk, case when survival <= 0.5 + 1e-12 and begins is null then day end) as at_risk,
        max(case when at_risk >= 10 then day end) as followed,
        max(begins) as begins
    from curve
    group by segment

),

lasting as (

    select segment, entered, day, spells, ended
    from chosen_lengths($plan, $interval, null, $source, $by)

),

moves as (

    select segment, day, spells as seen, ended
    from lasting
    union all
    select segment, entered as day, -spells as seen, 0 as ended
    from lasting
    where entered >= 0

),

by_day as (

    select segment, day, sum(seen) as seen, sum(ended) as ended
    from moves
    group by segment, day

),

sizes as (

    select
        segment,
        cast(sum(spells) as bigint) as spells,
        sum(ended) as ended,
        row_number() over (order by sum(spells) desc, segment) as place
    from lasting
    group by segment

),

groups as (

    select count(*) as compared
    from sizes
    where spells >= 10 and place <= 20

),

grid as (

    select
        sizes.place,
        days.day,
        coalesce(by_day.ended, 0) as ended,
        sum(coalesce(by_day.seen, 0)) over (
            partition by sizes.place order by days.day desc rows between unbounded preceding and current row
        ) as at_risk
    from sizes
    cross join (select day from by_day group by day) as days
    left join by_day on by_day.segment = sizes.segment and by_day.day = days.day
    where sizes.spells >= 10 and sizes.place <= 20

),

pooled as (

    select day, cast(sum(at_risk) as double) as at_risk, cast(sum(ended) as double) as ended
    from grid
    group by day
    having sum(ended) > 0

),

surprises as (

    select grid.place, ordered_sum(grid.ended - pooled.ended * grid.at_risk / pooled.at_risk) as ended_more
    from grid
    join pooled on pooled.day = grid.day
    group by grid.place

),

covariances as (

    select
        this.place,
        other.place as other_place,
        ordered_sum(
            pooled.ended * (pooled.at_risk - pooled.ended) / (pooled.at_risk - 1) * this.at_risk / pooled.at_risk
            * (case when this.place = other.place then 1 else 0 end - other.at_risk / pooled.at_risk)
        ) as covariance
    from grid as this
    join grid as other on other.day = this.day
    join pooled on pooled.day = this.day
    where pooled.at_risk > 1
    group by this.place, other.place

),

-- the last group is known from the others; its line holds the differences that border the matrix
bordered as (

    select covariances.place, covariances.other_place, covariances.covariance as value
    from covariances
    join groups on covariances.place < groups.compared and covariances.other_place < groups.compared
    union all
    select surprises.place, groups.compared, surprises.ended_more
    from surprises
    join groups on surprises.place < groups.compared
    union all
    select groups.compared, surprises.place, surprises.ended_more
    from surprises
    join groups on surprises.place < groups.compared
    union all
    select compared, compared, 0
    from groups

),

test as (

    select chi_square, df
    from quadratic_form((
        select list(line order by place)
        from (select place, list(value order by other_place) as line from bordered group by place) as lines
    ))

)

select
    sizes.segment,
    sizes.spells,
    cast(sizes.ended as bigint) as ended,
    medians.median,
    medians.low,
    medians.high,
    medians.at_risk,
    medians.followed,
    medians.begins,
    groups.compared,
    case when test.df > 0 then test.chi_square end as chi_square,
    case when test.df > 0 then test.df end as df,
    case when test.df > 0 then chi_square_tail(test.chi_square, test.df) end as p
from sizes
join medians on medians.segment = sizes.segment
cross join groups
cross join test
order by sizes.place;
