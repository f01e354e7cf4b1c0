-- What does this data set hold, and up to which day?
--
-- One row.
--
--   as_of          day up to which the data is complete
--   observed_from  first day from which leavers are in the data; null means all are
--   first_day      first paid day of anybody
--   grace_days     a gap of no more days is no leaving
--   winback_days   within so many days a return counts for a message
--   members        people named in any file
--   paying         of these, ever had a paid subscription
--   active         members on as_of
--   leavers        spells that ended
--   returns        second and later spells
--   answers        survey invitations
--   messages       messages to leavers, hold-outs included
--   not_counted    subscriptions in no denominator
--   currency       currency of all amounts; null where no file tells one
--   left_out       paid subscriptions in other currencies without a rate: in no amount
--
-- Parameters: none

select
    settings.as_of,
    settings.observed_from,
    (select min(started_on) from spells) as first_day,
    settings.grace_days,
    settings.winback_days,
    (select count(*) from people) as members,
    (select count(distinct member) from spells) as paying,
    (select count(*) from spells where ended_on is null) as active,
    (select count(*) from leavers) as leavers,
    (select count(*) from spells where spell_number > 1) as returns,
    (select count(*) from answers) as answers,
    (select count(*) from messages) as messages,
    (select count(*) from unpaid) as not_counted,
    settings.currency,
    (select cast(coalesce(sum(subscriptions), 0) as bigint) from other_currencies where rate is null) as left_out
from settings;
