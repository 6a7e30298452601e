-- Bills of what is paid for after use. When a company's periods end, how long a late meter is waited for, and until when a
-- bill is to be paid.
CREATE TABLE billing_period (
  tenant_id        uuid        NOT NULL,
  commodity        text        NOT NULL CHECK (commodity IN ('ELECTRICITY', 'WATER')),
  cut_day          int         NOT NULL CHECK (cut_day BETWEEN 1 AND 31),   -- the month's last day where it has no such day
  cut_time         time        NOT NULL,                                    -- in the company's zone
  due_days         int         NOT NULL CHECK (due_days BETWEEN 0 AND 180),
  grace_days       int         NOT NULL CHECK (grace_days BETWEEN 0 AND 180),
  fresh_hours      int         NOT NULL CHECK (fresh_hours BETWEEN 0 AND 72), -- a reading not older than this stands for the cut-off
  window_hours     int         NOT NULL CHECK (window_hours BETWEEN 0 AND 240),
  partial_payments boolean     NOT NULL,
  active           boolean     NOT NULL,
  next_cut_at      timestamptz,                                             -- null while it is not active
  version          int         NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, commodity),
  CHECK (active = (next_cut_at IS NOT NULL))
);
CREATE INDEX billing_period_due ON billing_period (next_cut_at) WHERE next_cut_at IS NOT NULL;
CALL fence('billing_period');

-- A cut-off whose bills are being made. The key of the click is empty for those that the calendar makes.
CREATE TABLE billing_run (
  tenant_id      uuid        NOT NULL,
  id             uuid        NOT NULL,
  commodity      text        NOT NULL CHECK (commodity IN ('ELECTRICITY', 'WATER')),
  cut_at         timestamptz NOT NULL,
  client_key     text        COLLATE "C" NOT NULL DEFAULT '',
  window_ends_at timestamptz NOT NULL,
  due_days       int         NOT NULL,
  grace_days     int         NOT NULL,
  fresh_hours    int         NOT NULL,
  opened_at      timestamptz NOT NULL,
  done_at        timestamptz,
  by_subject     text        NOT NULL,
  by_name        text        NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX billing_run_once ON billing_run (tenant_id, commodity, cut_at) WHERE client_key = '';
CREATE UNIQUE INDEX billing_run_click ON billing_run (tenant_id, client_key) WHERE client_key <> '';
CREATE INDEX billing_run_newest ON billing_run (tenant_id, cut_at DESC, id DESC);
CREATE INDEX billing_run_open ON billing_run (opened_at) WHERE done_at IS NULL;
CALL fence('billing_run');

-- One account of a run. What is still to be done stands here and nowhere else, so that a restart goes on where it was.
CREATE TABLE billing_task (
  tenant_id uuid        NOT NULL,
  run_id    uuid        NOT NULL,
  point_id  uuid        NOT NULL,
  state     text        NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING', 'BILLED', 'NOTHING', 'SKIPPED')),
  due_at    timestamptz NOT NULL,                          -- when somebody looks at it
  asked     int         NOT NULL DEFAULT 0,                -- how often its meter was asked for a reading
  why       text,                                          -- what it waits for
  PRIMARY KEY (tenant_id, run_id, point_id),
  FOREIGN KEY (tenant_id, run_id) REFERENCES billing_run (tenant_id, id),
  FOREIGN KEY (tenant_id, point_id) REFERENCES meter_account (tenant_id, point_id)
);
CREATE INDEX billing_task_due ON billing_task (due_at) WHERE state = 'WAITING';
CREATE INDEX billing_task_of ON billing_task (tenant_id, point_id) WHERE state = 'WAITING';
CALL fence('billing_task');

-- A bill says what usage up to a reading costs, less what earlier bills said of it. What it says never changes; how it stands
-- (the columns from state on) does.
CREATE TABLE meter_bill (
  tenant_id       uuid          NOT NULL,
  id              uuid          NOT NULL,
  number          text          COLLATE "C" NOT NULL,
  run_id          uuid          NOT NULL,
  point_id        uuid          NOT NULL,
  device_id       uuid          NOT NULL,
  commodity       text          NOT NULL CHECK (commodity IN ('ELECTRICITY', 'WATER')),
  customer_id     uuid,
  debtor_id       uuid          NOT NULL,                  -- whose RECEIVABLE it is: the customer, or the point without one
  life_from       timestamptz   NOT NULL,                  -- since when the account, opened perhaps again, is charged
  cut_at          timestamptz   NOT NULL,
  from_at         timestamptz   NOT NULL,                  -- the end of the bill before it
  until_at        timestamptz   NOT NULL,                  -- the reading it goes up to, or the cut-off where that is estimated
  estimated       boolean       NOT NULL,
  register        numeric(18,4),                           -- what the meter showed at until_at
  quantity        numeric(18,4) NOT NULL,
  energy_amount   numeric(18,6) NOT NULL,
  service_amount  numeric(18,6) NOT NULL,
  total_fen       bigint        NOT NULL,
  brought_fen     bigint        NOT NULL CHECK (brought_fen <= 0), -- what the bill before it left in the customer's favour
  payable_fen     bigint        NOT NULL CHECK (payable_fen >= 0),
  carried_fen     bigint        NOT NULL CHECK (carried_fen <= 0), -- what this one leaves
  issued_at       timestamptz   NOT NULL,
  due_on          date          NOT NULL,
  overdue_at      timestamptz   NOT NULL,                  -- grace included
  state           text          NOT NULL CHECK (state IN ('ISSUED', 'PARTLY_PAID', 'OVERDUE', 'PAID', 'WRITTEN_OFF')),
  paid_fen        bigint        NOT NULL DEFAULT 0 CHECK (paid_fen BETWEEN 0 AND payable_fen),
  written_off_fen bigint        NOT NULL DEFAULT 0 CHECK (written_off_fen >= 0),
  settled_at      timestamptz,
  version         int           NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, number),
  UNIQUE (tenant_id, run_id, point_id),
  FOREIGN KEY (tenant_id, run_id) REFERENCES billing_run (tenant_id, id),
  FOREIGN KEY (tenant_id, point_id) REFERENCES meter_account (tenant_id, point_id),
  CHECK (payable_fen + carried_fen = total_fen + brought_fen)
);
CREATE INDEX meter_bill_newest ON meter_bill (tenant_id, issued_at DESC, id DESC);
CREATE INDEX meter_bill_by_due ON meter_bill (tenant_id, due_on DESC, id DESC);
CREATE INDEX meter_bill_by_amount ON meter_bill (tenant_id, payable_fen DESC, id DESC);
CREATE INDEX meter_bill_of_point ON meter_bill (tenant_id, point_id, until_at DESC);
CREATE INDEX meter_bill_becoming_overdue ON meter_bill (overdue_at) WHERE state IN ('ISSUED', 'PARTLY_PAID');
CREATE INDEX meter_bill_unpaid ON meter_bill (tenant_id, point_id) WHERE state IN ('ISSUED', 'PARTLY_PAID', 'OVERDUE');
CALL fence_append_only('meter_bill');
GRANT UPDATE (state, paid_fen, written_off_fen, settled_at, version) ON meter_bill TO wuye_app, wuye_cross;

-- What a bill is made of: a quantity at one price. of_until names the period it belongs to by the end of its bill: this
-- bill's own, or an earlier one's that is put right.
CREATE TABLE meter_bill_line (
  tenant_id      uuid          NOT NULL,
  bill_id        uuid          NOT NULL,
  no             int           NOT NULL,
  kind           text          NOT NULL CHECK (kind IN ('USAGE', 'CORRECTION', 'ESTIMATED', 'TAKEN_BACK')),
  of_until       timestamptz   NOT NULL,
  version_id     uuid          NOT NULL,
  tier           smallint      NOT NULL,
  period         text          COLLATE "C" NOT NULL,
  quantity       numeric(18,4) NOT NULL,
  energy_price   numeric(18,6) NOT NULL,
  service_price  numeric(18,6) NOT NULL,
  energy_amount  numeric(18,6) NOT NULL,
  service_amount numeric(18,6) NOT NULL,
  energy_fen     bigint        NOT NULL,                   -- as shown: all of them add up to the total
  service_fen    bigint        NOT NULL,
  PRIMARY KEY (tenant_id, bill_id, no),
  FOREIGN KEY (tenant_id, bill_id) REFERENCES meter_bill (tenant_id, id)
);
CALL fence_append_only('meter_bill_line');

-- What became of a bill, first to last.
CREATE TABLE meter_bill_event (
  tenant_id  uuid        NOT NULL,
  id         uuid        NOT NULL,
  bill_id    uuid        NOT NULL,
  at         timestamptz NOT NULL,
  kind       text        NOT NULL CHECK (kind IN ('ISSUED', 'PAYMENT', 'PAYMENT_TAKEN_BACK', 'OVERDUE', 'WRITTEN_OFF')),
  state      text        NOT NULL,                         -- as it stood then
  fen        bigint      NOT NULL,
  order_id   uuid,
  by_subject text        NOT NULL,
  by_name    text        NOT NULL,
  note       text,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, bill_id) REFERENCES meter_bill (tenant_id, id)
);
CREATE INDEX meter_bill_event_of ON meter_bill_event (tenant_id, bill_id, at, id);
CALL fence_append_only('meter_bill_event');

-- Which bills an order to pay is for, and with how much of it.
CREATE TABLE meter_bill_order (
  tenant_id      uuid   NOT NULL,
  order_id       uuid   NOT NULL,
  bill_id        uuid   NOT NULL,
  fen            bigint NOT NULL CHECK (fen > 0),
  given_fen      bigint NOT NULL DEFAULT 0 CHECK (given_fen BETWEEN 0 AND fen),
  PRIMARY KEY (tenant_id, order_id, bill_id),
  FOREIGN KEY (tenant_id, bill_id) REFERENCES meter_bill (tenant_id, id)
);
CREATE INDEX meter_bill_order_of ON meter_bill_order (tenant_id, bill_id);
CALL fence('meter_bill_order');
