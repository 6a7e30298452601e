-- What a timetable holds is asked for by the timetable only, across companies. Led by company, the index served that badly, and was
-- taken for the holds of a device, which have one of their own.
CREATE INDEX supply_hold_of_timetable ON supply_hold (source) WHERE released_at IS NULL AND reason = 'SCHEDULE';
DROP INDEX supply_hold_source;
