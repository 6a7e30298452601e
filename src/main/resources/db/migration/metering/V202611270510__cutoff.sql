-- When supply may be cut for arrears, as a company decided. Without a row, the protective one of CutOffPolicy.USUAL.
CREATE TABLE cut_off_policy (
  id               uuid        NOT NULL,
  tenant_id        uuid        NOT NULL,
  name             text        COLLATE "C" NOT NULL CHECK (name = btrim(name) AND length(name) BETWEEN 1 AND 100),
  usual            boolean     NOT NULL,
  -- Local times of day in which nobody is cut off, in minutes; one whose end is not after its beginning runs over midnight.
  quiet_from       int[]       NOT NULL,
  quiet_to         int[]       NOT NULL,
  spare_weekends   boolean     NOT NULL,
  spare_holidays   boolean     NOT NULL,
  calendar_id      uuid,                                  -- null: the holidays of all the company's calendars
  fresh_hours      int         NOT NULL CHECK (fresh_hours BETWEEN 1 AND 720),
  most_per_hour    int         NOT NULL CHECK (most_per_hour BETWEEN 1 AND 10000),
  auto_reconnect   boolean     NOT NULL,
  version          int         NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, name),
  CHECK (cardinality(quiet_from) = cardinality(quiet_to))
);
CREATE INDEX cut_off_policy_by_name ON cut_off_policy (tenant_id, name, id);
CREATE UNIQUE INDEX cut_off_policy_usual ON cut_off_policy (tenant_id) WHERE usual;
CALL fence('cut_off_policy');
ALTER TABLE meter_account ADD FOREIGN KEY (tenant_id, policy_id) REFERENCES cut_off_policy (tenant_id, id);

-- What the judge of credit remembers of an account. Changed by whoever holds its meter_balance.
CREATE TABLE credit_watch (
  tenant_id        uuid          NOT NULL,
  point_id         uuid          NOT NULL,
  told             numeric(18,6)[] NOT NULL DEFAULT '{}', -- levels below which credit is known to be
  below_since      timestamptz,                           -- since when credit is beyond its limit
  emergency_at     timestamptz,                           -- when emergency credit was taken, until it is repaid
  held_since       timestamptz,
  spared_for       text,                                  -- why supply is not cut although it might be
  spared_until     timestamptz,                           -- null with a reason: until it is no longer so
  PRIMARY KEY (tenant_id, point_id),
  FOREIGN KEY (tenant_id, point_id) REFERENCES meter_account (tenant_id, point_id)
);
CREATE INDEX credit_watch_spared ON credit_watch (tenant_id) WHERE spared_for IS NOT NULL;
CALL fence('credit_watch');

-- What happened to an account's credit that people should know.
CREATE TABLE credit_event (
  id          uuid          NOT NULL,
  tenant_id   uuid          NOT NULL,
  point_id    uuid          NOT NULL,
  device_id   uuid          NOT NULL,
  at          timestamptz   NOT NULL,
  kind        text          NOT NULL,
  level       numeric(18,6),                              -- which level was crossed
  credit      numeric(18,6) NOT NULL,                     -- as it stood
  reason      text,                                       -- why supply was spared
  until       timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, point_id) REFERENCES meter_account (tenant_id, point_id)
);
CREATE INDEX credit_event_newest ON credit_event (tenant_id, at DESC, id DESC);
CREATE INDEX credit_event_of_device ON credit_event (tenant_id, device_id, at DESC, id DESC);
CALL fence_append_only('credit_event');

-- Every decision to cut off, to spare and to restore, with all that it was made from.
CREATE TABLE cut_off_decision (
  id           uuid          NOT NULL,
  tenant_id    uuid          NOT NULL,
  point_id     uuid          NOT NULL,
  device_id    uuid          NOT NULL,
  building_id  uuid,
  at           timestamptz   NOT NULL,
  outcome      text          NOT NULL,
  reason       text,
  until        timestamptz,
  inputs       jsonb         NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, point_id) REFERENCES meter_account (tenant_id, point_id)
);
CREATE INDEX cut_off_decision_newest ON cut_off_decision (tenant_id, at DESC, id DESC);
CREATE INDEX cut_off_decision_of_device ON cut_off_decision (tenant_id, device_id, at DESC, id DESC);
CREATE INDEX cut_off_decision_held ON cut_off_decision (tenant_id, building_id, at) WHERE outcome = 'HOLD';
CALL fence_append_only('cut_off_decision');
