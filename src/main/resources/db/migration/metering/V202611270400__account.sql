-- Accounts: who pays how for what is used at a service point. The point, not the meter: a replaced meter goes on with the
-- credit and the tiers of the one before it. A meter that was never installed by hand serves the point that has its own id.
CREATE TABLE meter_account (
  tenant_id        uuid          NOT NULL,
  point_id         uuid          NOT NULL,
  device_id        uuid          NOT NULL,               -- the meter that serves it now
  commodity        text          NOT NULL CHECK (commodity IN ('ELECTRICITY', 'WATER')),
  mode             text          NOT NULL CHECK (mode IN ('PREPAID', 'POSTPAID')),
  authority        text          NOT NULL CHECK (authority IN ('PLATFORM', 'METER')),
  -- What credit is counted in: yuan, or kWh and m³.
  unit             text          NOT NULL CHECK (unit IN ('MONEY', 'QUANTITY')),
  plan_id          uuid          NOT NULL,
  -- Who is asked to pay, or nobody in particular.
  customer_id      uuid,
  overdraft_limit  numeric(18,6) NOT NULL DEFAULT 0 CHECK (overdraft_limit >= 0),
  emergency_limit  numeric(18,6) NOT NULL DEFAULT 0 CHECK (emergency_limit >= 0),
  keep_supply      boolean       NOT NULL DEFAULT false,
  low_levels       numeric(18,6)[] NOT NULL DEFAULT '{}', -- falling
  policy_id        uuid,                                  -- the company's usual one where null
  opened_at        timestamptz   NOT NULL,
  closed_at        timestamptz,
  version          int           NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, point_id),
  FOREIGN KEY (tenant_id, device_id) REFERENCES device (tenant_id, id),
  FOREIGN KEY (tenant_id, plan_id) REFERENCES tariff_plan (tenant_id, id),
  CHECK (authority = 'PLATFORM' OR (mode = 'PREPAID' AND unit = 'QUANTITY')),
  CHECK (mode = 'PREPAID' OR unit = 'MONEY')
);
CREATE UNIQUE INDEX meter_account_of_device ON meter_account (tenant_id, device_id) WHERE closed_at IS NULL;
CREATE INDEX meter_account_plan ON meter_account (tenant_id, plan_id);
CREATE INDEX meter_account_customer ON meter_account (tenant_id, customer_id) WHERE customer_id IS NOT NULL;
CALL fence('meter_account');

-- What moves with every reading, apart from what hardly ever does. Whatever changes how far it is charged (charged_until,
-- the counts, rerate_from) holds the row of meter_state of the meter's counter first; credit is only ever added to.
CREATE TABLE meter_balance (
  tenant_id         uuid          NOT NULL,
  point_id          uuid          NOT NULL,
  device_id         uuid          NOT NULL,
  register          text          COLLATE "C" NOT NULL DEFAULT 'TOTAL',
  -- Copied from the account: ingest looks nowhere else. Null: what is read is not charged (the meter counts its own credit, or
  -- the account is closed).
  plan_id           uuid,
  in_quantity       boolean       NOT NULL,
  credit            numeric(18,6) NOT NULL DEFAULT 0,
  -- Below this somebody has to look: a level of low credit that was not told yet, or the end of all credit.
  -- Null: it does not matter.
  look_below        numeric(18,6),
  look_at           timestamptz,                          -- when somebody has to look
  starts_at         timestamptz   NOT NULL,               -- nothing that was used before is charged
  charged_until     timestamptz   NOT NULL,
  -- Since when charges may differ from what the readings say by now; null: nowhere.
  rerate_from       timestamptz,
  -- Since when there is no price: what is used waits.
  unpriced_since    timestamptz,
  -- What stands on the counts of the tiers at charged_until, and of which month and year.
  month_at          timestamptz,
  month_used        numeric(18,4) NOT NULL DEFAULT 0,
  year_at           timestamptz,
  year_used         numeric(18,4) NOT NULL DEFAULT 0,
  -- Charged, and not yet in the journal.
  unposted_quantity numeric(18,4) NOT NULL DEFAULT 0,
  unposted_energy   numeric(18,6) NOT NULL DEFAULT 0,
  unposted_service  numeric(18,6) NOT NULL DEFAULT 0,
  posted_at         timestamptz   NOT NULL,
  postings          int           NOT NULL DEFAULT 0,
  revision          int           NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, point_id),
  FOREIGN KEY (tenant_id, point_id) REFERENCES meter_account (tenant_id, point_id)
) WITH (fillfactor = 50);
CREATE INDEX meter_balance_look ON meter_balance (look_at) WHERE look_at IS NOT NULL;
CREATE INDEX meter_balance_rerate ON meter_balance (rerate_from) WHERE rerate_from IS NOT NULL;
CALL fence('meter_balance');

-- What was charged for what was used, and why so much: the sub-ledger of usage. A line is a quantity at one price in a part of
-- an interval between two readings. Nothing is ever changed: a charge that later news prove wrong is taken back by lines of the
-- opposite sign under the next revision, so that any sum of lines is the truth as known then.
CREATE TABLE rated_line (
  tenant_id      uuid          NOT NULL,
  point_id       uuid          NOT NULL,
  device_id      uuid          NOT NULL,
  version_id     uuid          NOT NULL,                  -- of the tariff
  since          timestamptz   NOT NULL,                  -- the interval between two readings
  until          timestamptz   NOT NULL,
  from_at        timestamptz   NOT NULL,                  -- the part of it
  to_at          timestamptz   NOT NULL,
  rated_at       timestamptz   NOT NULL,
  revision       int           NOT NULL,                  -- 0: charged as it was read
  no             int           NOT NULL,
  sign           smallint      NOT NULL CHECK (sign IN (1, -1)),
  tier           smallint      NOT NULL,
  period         text          COLLATE "C" NOT NULL,
  quantity       numeric(18,4) NOT NULL,                  -- with its sign, as the amounts
  used_before    numeric(18,4) NOT NULL,
  energy_price   numeric(18,6) NOT NULL,
  service_price  numeric(18,6) NOT NULL,
  energy_amount  numeric(18,6) NOT NULL,
  service_amount numeric(18,6) NOT NULL,
  PRIMARY KEY (tenant_id, point_id, until, revision, no)
) PARTITION BY RANGE (until);
CALL fence_append_only('rated_line');

-- What else moved a credit: bought, given back, cleared, carried over. Credit is the sum of these less what was charged.
CREATE TABLE credit_move (
  id           uuid          NOT NULL,
  tenant_id    uuid          NOT NULL,
  point_id     uuid          NOT NULL,
  device_id    uuid          NOT NULL,
  at           timestamptz   NOT NULL,
  kind         text          NOT NULL CHECK (kind IN ('TOP_UP', 'REFUND', 'CLEAR', 'CARRIED', 'ADJUSTED', 'SETTLED')),
  amount       numeric(18,6) NOT NULL,                    -- in the account's unit
  before       numeric(18,6) NOT NULL,
  after        numeric(18,6) NOT NULL,
  money_fen    bigint        NOT NULL DEFAULT 0,          -- what changed hands for it
  source_type  text          COLLATE "C" NOT NULL,        -- the fact behind it, as in the ledger
  source_id    text          COLLATE "C" NOT NULL,
  by_subject   text          NOT NULL,
  by_name      text          NOT NULL,
  note         text,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, source_type, source_id, kind),
  FOREIGN KEY (tenant_id, point_id) REFERENCES meter_account (tenant_id, point_id),
  CHECK (after = before + amount)
);
CREATE INDEX credit_move_of ON credit_move (tenant_id, point_id, at DESC, id DESC);
CALL fence_append_only('credit_move');

-- Rated lines are partitioned by month as readings are.
CREATE OR REPLACE FUNCTION make_months(parent regclass, since timestamptz, until timestamptz) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  first  timestamptz := date_trunc('month', since);
  leaf   text;
  spare  text := parent || '_default';
  key    text := (SELECT attname FROM pg_partitioned_table p JOIN pg_attribute a ON attrelid = partrelid AND attnum = partattrs[0]
                  WHERE partrelid = parent);
  made   int := 0;
BEGIN
  IF parent NOT IN ('meter_reading'::regclass, 'consumption_hour'::regclass, 'rated_line'::regclass) THEN
    RAISE EXCEPTION '% is not partitioned by month', parent;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('make_months'), parent::oid::int);
  WHILE first < until LOOP
    leaf := format('%s_%s', parent, to_char(first, 'YYYYMM'));
    IF to_regclass(leaf) IS NULL THEN
      EXECUTE format('CREATE TABLE %I (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS) WITH (fillfactor = %s)', leaf, parent,
                     CASE WHEN parent = 'consumption_hour'::regclass THEN 70 ELSE 100 END);
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
CREATE TABLE rated_line_default PARTITION OF rated_line DEFAULT;
CALL close_leaf('rated_line_default');
SELECT make_months('rated_line', now() - interval '2 months', now() + interval '3 months');
