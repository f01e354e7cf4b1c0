-- Drops the steps on the way to the tables that questions read: some of them are as large as what came of them.

drop view alone;
drop view paid;
drop table chained;
drop table numbered_spells;
drop table owned;
drop table silent;
