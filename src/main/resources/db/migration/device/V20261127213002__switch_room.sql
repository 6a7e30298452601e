-- Every row of a page has to find room on it for its next version when a timetable switches all: else the version goes to another
-- page, and into the index with it. It holds for pages that are filled from now on.
ALTER TABLE supply_switch SET (fillfactor = 50);
