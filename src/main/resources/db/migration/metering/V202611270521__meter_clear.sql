-- Credit that was set to zero (清零), and what became of what was left. Of a meter that counts its own credit it is under way
-- until the meter has said that it did it.
CREATE TABLE meter_clear_record (
  id          uuid          NOT NULL,
  tenant_id   uuid          NOT NULL,
  point_id    uuid          NOT NULL,
  device_id   uuid          NOT NULL,
  register    numeric(18,4),                              -- the last believed reading then, if there was one
  before      numeric(18,6) NOT NULL,                     -- credit, in the account's unit
  after       numeric(18,6),
  remainder   text          NOT NULL CHECK (remainder IN ('PAY_BACK', 'WRITE_OFF')),
  refund_fen  bigint        CHECK (refund_fen >= 0),      -- what is owed to the customer for it
  reason      text          NOT NULL,
  state       text          NOT NULL CHECK (state IN ('UNDER_WAY', 'DONE', 'FAILED')),
  purchase_id uuid,                                       -- the write of the meter's credit
  command_id  uuid,
  entry_id    uuid,                                       -- in the journal; null when there was nothing to post
  client_key  text          COLLATE "C" NOT NULL,
  created_at  timestamptz   NOT NULL,
  ended_at    timestamptz,
  by_subject  text          NOT NULL,
  by_name     text          NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, client_key),
  FOREIGN KEY (tenant_id, point_id) REFERENCES meter_account (tenant_id, point_id),
  FOREIGN KEY (tenant_id, device_id) REFERENCES device (tenant_id, id),
  CHECK ((state = 'UNDER_WAY') = (ended_at IS NULL)),
  CHECK (state <> 'DONE' OR (after IS NOT NULL AND refund_fen IS NOT NULL))
);
CREATE UNIQUE INDEX meter_clear_record_open ON meter_clear_record (tenant_id, point_id) WHERE state = 'UNDER_WAY';
CREATE UNIQUE INDEX meter_clear_record_purchase ON meter_clear_record (tenant_id, purchase_id) WHERE purchase_id IS NOT NULL;
CREATE INDEX meter_clear_record_newest ON meter_clear_record (tenant_id, created_at DESC, id DESC);
CREATE INDEX meter_clear_record_of ON meter_clear_record (tenant_id, device_id, created_at DESC, id DESC);
CALL fence('meter_clear_record');
