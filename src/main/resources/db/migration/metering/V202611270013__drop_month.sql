-- Drops the oldest month of a table partitioned by month, if all of it lies before an instant and 400 days back; tells how many it dropped, 0 or 1.
-- Runs as the owner, because nobody else may drop tables. It waits for no reader longer than a moment: those behind it would
-- wait as well.
CREATE FUNCTION drop_month(parent regclass, cutoff timestamptz) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
DECLARE
  leaf text;
BEGIN
  IF parent NOT IN ('meter_reading'::regclass, 'consumption_hour'::regclass) THEN
    RAISE EXCEPTION '% is not partitioned by month', parent;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('make_months'), parent::oid::int);
  SELECT c.relname INTO leaf
  FROM pg_inherits i
  JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = parent AND c.relname ~ ('^' || parent || '_[0-9]{6}$')
    AND to_date(right(c.relname, 6), 'YYYYMM') + interval '1 month' <= least(cutoff, now() - interval '400 days')
  ORDER BY c.relname
  LIMIT 1;
  IF leaf IS NULL THEN
    RETURN 0;
  END IF;
  EXECUTE format('ALTER TABLE %s DETACH PARTITION %I', parent, leaf);
  EXECUTE format('DROP TABLE %I', leaf);
  RETURN 1;
END $$;
REVOKE ALL ON FUNCTION drop_month FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_month TO wuye_cross;
