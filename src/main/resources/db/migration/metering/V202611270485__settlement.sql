-- Settlements: what accounts had used and what was charged for it up to a reading, written down when somebody asked.
CREATE TABLE settlement_run (
  tenant_id  uuid        NOT NULL,
  id         uuid        NOT NULL,
  client_key text        COLLATE "C" NOT NULL,
  at         timestamptz NOT NULL,                         -- readings after it are not looked at
  opened_at  timestamptz NOT NULL,
  done_at    timestamptz,
  by_subject text        NOT NULL,
  by_name    text        NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, client_key)
);
CREATE INDEX settlement_run_open ON settlement_run (opened_at) WHERE done_at IS NULL;
CALL fence('settlement_run');

-- One account of a run: what is still to be done.
CREATE TABLE settlement_task (
  tenant_id uuid        NOT NULL,
  run_id    uuid        NOT NULL,
  point_id  uuid        NOT NULL,
  state     text        NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING', 'SETTLED', 'NOTHING')),
  due_at    timestamptz NOT NULL,
  why       text,
  PRIMARY KEY (tenant_id, run_id, point_id),
  FOREIGN KEY (tenant_id, run_id) REFERENCES settlement_run (tenant_id, id),
  FOREIGN KEY (tenant_id, point_id) REFERENCES meter_account (tenant_id, point_id)
);
CREATE INDEX settlement_task_due ON settlement_task (due_at) WHERE state = 'WAITING';
CALL fence('settlement_task');

CREATE TABLE settlement_record (
  tenant_id      uuid          NOT NULL,
  id             uuid          NOT NULL,
  run_id         uuid          NOT NULL,
  point_id       uuid          NOT NULL,
  device_id      uuid          NOT NULL,
  commodity      text          NOT NULL CHECK (commodity IN ('ELECTRICITY', 'WATER')),
  mode           text          NOT NULL CHECK (mode IN ('PREPAID', 'POSTPAID')),
  unit           text          NOT NULL CHECK (unit IN ('MONEY', 'QUANTITY')),
  life_from      timestamptz   NOT NULL,                   -- since when the account, opened perhaps again, is charged
  from_at        timestamptz   NOT NULL,                   -- the reading of the record before it
  to_at          timestamptz   NOT NULL,
  from_register  numeric(18,4),
  to_register    numeric(18,4),
  quantity       numeric(18,4) NOT NULL,                   -- with what was corrected of earlier records since
  energy_amount  numeric(18,6) NOT NULL,
  service_amount numeric(18,6) NOT NULL,
  credit_before  numeric(18,6) NOT NULL,                   -- credit but for this record's usage
  credit_after   numeric(18,6) NOT NULL,
  settled_at     timestamptz   NOT NULL,
  by_subject     text          NOT NULL,
  by_name        text          NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, run_id, point_id),
  FOREIGN KEY (tenant_id, run_id) REFERENCES settlement_run (tenant_id, id),
  CHECK (credit_after = credit_before - CASE unit WHEN 'QUANTITY' THEN quantity ELSE energy_amount + service_amount END)
);
CREATE INDEX settlement_record_newest ON settlement_record (tenant_id, settled_at DESC, id DESC);
CREATE INDEX settlement_record_of ON settlement_record (tenant_id, point_id, life_from);
CALL fence_append_only('settlement_record');
