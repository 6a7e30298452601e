-- A company's readings, newest first, whoever's they are: the list that a clerk opens. A month of a large company was sorted for its
-- first page. Readings of one instant are told apart by sorting them, no more than there are meters: a longer key would cost each
-- reading more. Takes the place of the index over blocks, of which no question of one company can make much.
DROP INDEX meter_reading_time;
CREATE INDEX meter_reading_newest ON meter_reading (tenant_id, read_at);
