-- What is written to the credit of meters that count it down themselves. Each row is one write, under one of the meter's purchase
-- numbers; its own row is the lock under which it moves on.
CREATE TABLE meter_purchase (
  id             uuid          NOT NULL,
  tenant_id      uuid          NOT NULL,
  point_id       uuid          NOT NULL,
  device_id      uuid          NOT NULL,                  -- the meter it is written to
  kind           text          NOT NULL CHECK (kind IN ('TOP_UP', 'CARRIED', 'CLEAR')),
  order_id       uuid,                                    -- the paid order behind it
  reference      text          COLLATE "C" NOT NULL,      -- what the meter is told as its order
  quantity       numeric(18,4) NOT NULL CHECK (quantity >= 0),
  energy_amount  numeric(18,6) NOT NULL DEFAULT 0,        -- what was paid for it, by the parts of the price
  service_amount numeric(18,6) NOT NULL DEFAULT 0,
  state          text          NOT NULL CHECK (state IN ('WAITING', 'WRITING', 'IN_DOUBT', 'WRITTEN', 'FAILED')),
  number         bigint,
  command_id     uuid,
  tries          int           NOT NULL DEFAULT 0,
  why            text,
  before         numeric(18,4),                           -- credit in the meter, by the meter's own word
  after          numeric(18,4),
  created_at     timestamptz   NOT NULL,
  written_at     timestamptz,
  -- When it has to be gone on with; null while it waits for the meter's word, or nothing is left to do.
  look_at        timestamptz,
  by_subject     text          NOT NULL,
  by_name        text          NOT NULL,
  reason         text,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, device_id) REFERENCES device (tenant_id, id),
  CHECK (state <> 'WRITTEN' OR (written_at IS NOT NULL AND number IS NOT NULL)),
  CHECK (kind <> 'TOP_UP' OR order_id IS NOT NULL)
);
CREATE UNIQUE INDEX meter_purchase_order ON meter_purchase (tenant_id, order_id) WHERE order_id IS NOT NULL;
CREATE UNIQUE INDEX meter_purchase_number ON meter_purchase (tenant_id, device_id, number) WHERE state = 'WRITTEN';
CREATE INDEX meter_purchase_look ON meter_purchase (look_at) WHERE look_at IS NOT NULL;
CREATE INDEX meter_purchase_command ON meter_purchase (command_id) WHERE command_id IS NOT NULL;
CREATE INDEX meter_purchase_newest ON meter_purchase (tenant_id, created_at DESC, id DESC);
CREATE INDEX meter_purchase_of_device ON meter_purchase (tenant_id, device_id, created_at DESC, id DESC);
CALL fence('meter_purchase');

-- What a meter last said about its own credit. read_*: said together with its counter, so that both can be held against each other.
CREATE TABLE meter_credit_report (
  tenant_id   uuid          NOT NULL,
  device_id   uuid          NOT NULL,
  credit      numeric(18,4),
  reported_at timestamptz,
  read_credit numeric(18,4),
  read_at     timestamptz,
  last_number bigint,                                     -- its last purchase number
  PRIMARY KEY (tenant_id, device_id),
  FOREIGN KEY (tenant_id, device_id) REFERENCES device (tenant_id, id)
) WITH (fillfactor = 70);
CALL fence('meter_credit_report');
