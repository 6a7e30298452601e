-- When a counter began to say what cannot be; null while it is plausible.
ALTER TABLE meter_state ADD COLUMN suspect_since timestamptz;

-- A counter whose newest reading is not believed, from the first such reading until a plausible one: what a technician has to
-- look after. A counter that is suspect already gets its row with its next suspect reading. One open row for a counter, however many suspect readings follow.
CREATE TABLE meter_anomaly (
  id         uuid          PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id  uuid          NOT NULL,
  device_id  uuid          NOT NULL,
  register   text          COLLATE "C" NOT NULL,
  -- The reading it began with.
  event_id   uuid          NOT NULL,
  read_at    timestamptz   NOT NULL,
  value      numeric(18,4) NOT NULL,
  finding    text          NOT NULL CHECK (finding IN ('NEGATIVE', 'JUMP', 'NOT_INSTALLED')),
  found_at   timestamptz   NOT NULL,
  ended_at   timestamptz
);
CREATE UNIQUE INDEX meter_anomaly_open ON meter_anomaly (tenant_id, device_id, register) WHERE ended_at IS NULL;
CREATE INDEX meter_anomaly_newest ON meter_anomaly (tenant_id, found_at DESC, id DESC);
CREATE INDEX meter_anomaly_of_device ON meter_anomaly (tenant_id, device_id, found_at DESC, id DESC);
CALL fence('meter_anomaly');
