-- The owner's own weeks and years: a section is run where the week begins on Sunday or the year in another month.
--
-- Months stay calendar months. Quarters begin with the year, or a multiple of three months later. Ends of periods follow
-- from their starts.

-- section: period_of
create or replace macro period_of(day, grain) as case grain
    when 'week' then week_of(day)
    when 'quarter' then quarter_of(day)
    when 'year' then year_of(day)
    else cast(date_trunc(grain, day) as date)
end;

-- section: moved
create macro moved_period(day, grain, months) as cast(
    cast(date_trunc(grain, day - to_months(months)) as date) + to_months(months) as date
);

-- section: week_monday
create macro week_of(day) as cast(date_trunc('week', day) as date);

-- section: week_sunday
create macro week_of(day) as cast(date_trunc('week', day + 1) as date) - 1;

-- section: year_1
create macro quarter_of(day) as moved_period(day, 'quarter', 0);
create macro year_of(day) as moved_period(day, 'year', 0);

-- section: year_2
create macro quarter_of(day) as moved_period(day, 'quarter', 1);
create macro year_of(day) as moved_period(day, 'year', 1);

-- section: year_3
create macro quarter_of(day) as moved_period(day, 'quarter', 2);
create macro year_of(day) as moved_period(day, 'year', 2);

-- section: year_4
create macro quarter_of(day) as moved_period(day, 'quarter', 0);
create macro year_of(day) as moved_period(day, 'year', 3);

-- section: year_5
create macro quarter_of(day) as moved_period(day, 'quarter', 1);
create macro year_of(day) as moved_period(day, 'year', 4);

-- section: year_6
create macro quarter_of(day) as moved_period(day, 'quarter', 2);
create macro year_of(day) as moved_period(day, 'year', 5);

-- section: year_7
create macro quarter_of(day) as moved_period(day, 'quarter', 0);
create macro year_of(day) as moved_period(day, 'year', 6);

-- section: year_8
create macro quarter_of(day) as moved_period(day, 'quarter', 1);
create macro year_of(day) as moved_period(day, 'year', 7);

-- section: year_9
create macro quarter_of(day) as moved_period(day, 'quarter', 2);
create macro year_of(day) as moved_period(day, 'year', 8);

-- section: year_10
create macro quarter_of(day) as moved_period(day, 'quarter', 0);
create macro year_of(day) as moved_period(day, 'year', 9);

-- section: year_11
create macro quarter_of(day) as moved_period(day, 'quarter', 1);
create macro year_of(day) as moved_period(day, 'year', 10);

-- section: year_12
create macro quarter_of(day) as moved_period(day, 'quarter', 2);
create macro year_of(day) as moved_period(day, 'year', 11);
