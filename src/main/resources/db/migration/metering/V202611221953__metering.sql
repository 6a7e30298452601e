-- Where a meter counted, and for whom. Consumption belongs to the service point: replacing a meter closes one row and opens
-- another in one transaction. A meter that was never installed by hand serves the point that has its own id.
CREATE TABLE meter_installation (
  id                uuid          PRIMARY KEY,
  tenant_id         uuid          NOT NULL,
  service_point_id  uuid          NOT NULL,
  device_id         uuid          NOT NULL,
  installed_at      timestamptz   NOT NULL,
  -- The readings that open and close it. Their ids sort behind every other id, so that of the readings of one instant the
  -- old installation's come first, then its closing, then the new one's opening.
  opening_id        uuid          NOT NULL,
  closing_id        uuid,
  removed_at        timestamptz,
  initial_register  numeric(18,4) NOT NULL CHECK (initial_register >= 0),
  final_register    numeric(18,4) CHECK (final_register >= 0),
  ct_ratio          numeric(10,4) NOT NULL CHECK (ct_ratio > 0),
  multiplier        numeric(10,4) NOT NULL CHECK (multiplier > 0),
  register_digits   int           NOT NULL CHECK (register_digits BETWEEN 3 AND 10),
  max_per_hour      numeric(18,4) NOT NULL CHECK (max_per_hour > 0),
  CHECK (removed_at >= installed_at),
  CHECK (num_nulls(removed_at, final_register, closing_id) IN (0, 3)),
  FOREIGN KEY (tenant_id, device_id) REFERENCES device (tenant_id, id)
);
CREATE UNIQUE INDEX meter_installation_open ON meter_installation (tenant_id, device_id) WHERE removed_at IS NULL;
CREATE INDEX meter_installation_of_device ON meter_installation (tenant_id, device_id, installed_at, opening_id);
CREATE INDEX meter_installation_at_point ON meter_installation (tenant_id, service_point_id, installed_at);
CALL fence('meter_installation');

-- Where each counter of each meter stands. Its row is the lock under which that counter's readings are stored. It changes
-- with every reading: half-empty pages and no index on what changes keep the new version in the same page.
CREATE TABLE meter_state (
  tenant_id         uuid          NOT NULL,
  device_id         uuid          NOT NULL,
  register          text          COLLATE "C" NOT NULL,
  -- Copied from the installation in force and from the tenant, so that ingest need not look them up.
  installation_id   uuid,
  service_point_id  uuid          NOT NULL,
  in_service        boolean       NOT NULL DEFAULT true,
  factor            numeric(20,8) NOT NULL DEFAULT 1,
  capacity          numeric(18,4) NOT NULL,
  max_per_hour      numeric(18,4) NOT NULL,
  zone              text          NOT NULL,
  -- The last accepted reading, from which the next is counted.
  base_at           timestamptz,
  base_value        numeric(18,4),
  -- The newest stored reading, accepted or not: what is older than it is late.
  newest_at         timestamptz,
  -- Whether a reading was ever stored at its time of arrival because the meter's clock was not believed.
  clock_doubted     boolean       NOT NULL DEFAULT false,
  -- Consumption of days before this one is settled; what still changes it is written down as a correction.
  closed_before     date,
  PRIMARY KEY (tenant_id, device_id, register)
) WITH (fillfactor = 50);
CALL fence('meter_state');

-- What meters said, for ever; only the judgement on it (quality, finding) may change, when an older reading turns up.
-- Partitioned by the time of the reading, not of its arrival: a unique key must hold the partition key, and a message that is
-- delivered again, perhaps next month, has another time of arrival but the same time of reading (ADR 015).
CREATE TABLE meter_reading (
  tenant_id      uuid          NOT NULL,
  device_id      uuid          NOT NULL,
  event_id       uuid          NOT NULL,
  read_at        timestamptz   NOT NULL,
  received_at    timestamptz   NOT NULL,
  device_time    timestamptz,               -- only where it is not read_at
  value          numeric(18,4) NOT NULL CHECK (value >= 0),
  register       text          COLLATE "C" NOT NULL,
  source         text          NOT NULL,
  quality        text          NOT NULL CHECK (quality IN ('VALID', 'SUSPECT', 'ESTIMATED', 'REJECTED')),
  finding        text          CHECK (finding IN ('ROLLOVER', 'NEGATIVE', 'JUMP', 'NOT_INSTALLED')),
  clock_doubted  boolean       NOT NULL DEFAULT false,
  PRIMARY KEY (tenant_id, device_id, register, read_at, event_id)
) PARTITION BY RANGE (read_at);
CREATE INDEX meter_reading_time ON meter_reading USING brin (read_at) WITH (pages_per_range = 32);
-- Finds a repetition of a message whose time of reading was its time of arrival; holds those few rows only.
CREATE INDEX meter_reading_doubted ON meter_reading (tenant_id, device_id, register, event_id) WHERE clock_doubted;
CALL fence_append_only('meter_reading');
GRANT UPDATE (quality, finding) ON meter_reading TO wuye_app, wuye_cross;

-- What a meter counted in an hour of the tenant's calendar, kept up with every batch of readings.
CREATE TABLE consumption_hour (
  tenant_id         uuid          NOT NULL,
  device_id         uuid          NOT NULL,
  service_point_id  uuid          NOT NULL,
  hour              timestamptz   NOT NULL,
  quantity          numeric(18,4) NOT NULL,
  covered_us        bigint        NOT NULL,  -- how much of the hour lies between two accepted readings
  readings          int           NOT NULL,  -- accepted readings that close an interval in it; 0: all of it is interpolated
  register          text          COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, device_id, register, hour, service_point_id)
) PARTITION BY RANGE (hour);
CALL fence('consumption_hour');

-- The same for a day; months and years are sums of days.
CREATE TABLE consumption_day (
  tenant_id         uuid          NOT NULL,
  device_id         uuid          NOT NULL,
  service_point_id  uuid          NOT NULL,
  day               date          NOT NULL,
  readings          int           NOT NULL,
  covered_us        bigint        NOT NULL,
  quantity          numeric(18,4) NOT NULL,
  register          text          COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, device_id, register, day, service_point_id)
) WITH (fillfactor = 70);
CALL fence('consumption_day');

-- How late news changed a day that was settled already.
CREATE TABLE consumption_correction (
  id                uuid          PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id         uuid          NOT NULL,
  device_id         uuid          NOT NULL,
  register          text          COLLATE "C" NOT NULL,
  service_point_id  uuid          NOT NULL,
  day               date          NOT NULL,
  quantity          numeric(18,4) NOT NULL,
  found_at          timestamptz   NOT NULL
);
CREATE INDEX consumption_correction_of ON consumption_correction (tenant_id, device_id, day);
CALL fence_append_only('consumption_correction');

-- A leaf is reached through its parent only: it has the fence of every table, and no grants.
CREATE PROCEDURE close_leaf(leaf regclass) LANGUAGE plpgsql AS $$
BEGIN
  CALL fence(leaf);
  EXECUTE format('REVOKE ALL ON %s FROM wuye_app, wuye_cross', leaf);
END $$;

-- Makes the months of a table partitioned by month, from one instant to another (UTC). What stands in the default partition
-- moves into its month, so that a ticker that slept does no harm. Runs as the owner, because nobody else may create tables.
CREATE FUNCTION make_months(parent regclass, since timestamptz, until timestamptz) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  first  timestamptz := date_trunc('month', since);
  leaf   text;
  spare  text := parent || '_default';
  key    text := (SELECT attname FROM pg_partitioned_table p JOIN pg_attribute a ON attrelid = partrelid AND attnum = partattrs[0]
                  WHERE partrelid = parent);
  made   int := 0;
BEGIN
  IF parent NOT IN ('meter_reading'::regclass, 'consumption_hour'::regclass) THEN
    RAISE EXCEPTION '% is not partitioned by month', parent;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('make_months'), parent::oid::int);
  WHILE first < until LOOP
    leaf := format('%s_%s', parent, to_char(first, 'YYYYMM'));
    IF to_regclass(leaf) IS NULL THEN
      EXECUTE format('CREATE TABLE %I (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS) WITH (fillfactor = %s)', leaf, parent,
                     CASE WHEN parent = 'meter_reading'::regclass THEN 100 ELSE 70 END);
      -- The fence binds the owner as well, who here moves rows of all tenants.
      EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', spare);
      EXECUTE format('WITH moved AS (DELETE FROM %I WHERE %I >= %L AND %I < %L RETURNING *) INSERT INTO %I SELECT * FROM moved',
                     spare, key, first, key, first + interval '1 month', leaf);
      EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', spare);
      EXECUTE format('ALTER TABLE %s ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', parent, leaf, first, first + interval '1 month');
      EXECUTE format('CALL close_leaf(%L)', leaf);
      made := made + 1;
    END IF;
    first := first + interval '1 month';
  END LOOP;
  RETURN made;
END $$;
REVOKE ALL ON FUNCTION make_months FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_months TO wuye_cross;

CREATE TABLE meter_reading_default PARTITION OF meter_reading DEFAULT;
CALL close_leaf('meter_reading_default');
CREATE TABLE consumption_hour_default PARTITION OF consumption_hour DEFAULT WITH (fillfactor = 70);
CALL close_leaf('consumption_hour_default');
SELECT make_months('meter_reading', now() - interval '2 months', now() + interval '3 months'),
       make_months('consumption_hour', now() - interval '2 months', now() + interval '3 months');

-- The judgement on one reading, given the one before it in time. See docs/explanation/ingest.md for the rules in words.
CREATE TYPE meter_verdict AS (
  installation_id  uuid,           -- of the baseline
  base_at          timestamptz,    -- the baseline after this reading
  base_value       numeric,
  quality          text,
  finding          text,
  from_at          timestamptz,    -- the interval this reading closes, if any,
  quantity         numeric         -- and what was used in it
);

CREATE FUNCTION meter_judge(v meter_verdict, at timestamptz, value numeric, installation uuid, in_service boolean,
                            factor numeric, capacity numeric, max_per_hour numeric) RETURNS meter_verdict
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  d      numeric;
  bound  numeric;
BEGIN
  v.from_at := NULL;
  v.quantity := NULL;
  v.finding := NULL;
  IF NOT in_service THEN
    v.quality := 'SUSPECT';
    v.finding := 'NOT_INSTALLED';
    RETURN v;
  END IF;
  IF v.base_at IS NOT NULL AND v.installation_id IS NOT DISTINCT FROM installation THEN
    d := value - v.base_value;
    -- A minute of grace, for clocks and for the register's own step.
    bound := max_per_hour * (extract(epoch FROM at - v.base_at) + 60) / 3600;
    -- A base beyond the capacity means that the digits are set wrong: no rollover can be told then.
    IF d < 0 AND v.base_value >= 0.9 * capacity AND v.base_value < capacity AND value < 0.1 * capacity
       AND d + capacity <= bound THEN
      d := d + capacity;
      v.finding := 'ROLLOVER';
    ELSIF d < 0 OR d > bound THEN
      v.quality := 'SUSPECT';
      v.finding := CASE WHEN d < 0 THEN 'NEGATIVE' ELSE 'JUMP' END;
      RETURN v;
    END IF;
    v.from_at := v.base_at;
    v.quantity := round(d * factor, 4);
  END IF;
  v.quality := 'VALID';
  v.installation_id := installation;
  v.base_at := at;
  v.base_value := value;
  RETURN v;
END $$;

CREATE AGGREGATE meter_judgement(timestamptz, numeric, uuid, boolean, numeric, numeric, numeric)
  (SFUNC = meter_judge, STYPE = meter_verdict);
GRANT EXECUTE ON FUNCTION meter_judge, meter_judgement TO wuye_app, wuye_cross;
