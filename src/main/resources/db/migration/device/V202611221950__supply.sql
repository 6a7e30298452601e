-- Why a device is off. Desired is ON exactly if no hold is open; it is kept in supply_switch under that row's lock.
CREATE TABLE supply_switch (
  device_id     uuid        PRIMARY KEY,
  tenant_id     uuid        NOT NULL,
  desired       text        NOT NULL DEFAULT 'ON' CHECK (desired IN ('ON', 'OFF')),
  desired_since timestamptz NOT NULL,
  -- What the device said in its last acknowledgement, until it reports a change; newer than device_state.
  acked         text        CHECK (acked IN ('ON', 'OFF')),
  -- Whether we may have cut it: only then do we close it again. One that opened by itself is permitted to be closed by hand.
  cut           boolean     NOT NULL DEFAULT false,
  permitted     boolean     NOT NULL DEFAULT false,
  failures      int         NOT NULL DEFAULT 0,
  quiet_until   timestamptz,
  FOREIGN KEY (tenant_id, device_id) REFERENCES device (tenant_id, id)
) WITH (fillfactor = 70);
CALL fence('supply_switch');

CREATE TABLE supply_hold (
  id            uuid        PRIMARY KEY,
  tenant_id     uuid        NOT NULL,
  device_id     uuid        NOT NULL,
  reason        text        NOT NULL CHECK (reason IN ('ARREARS', 'MANUAL', 'SCHEDULE', 'SAFETY', 'VACANT', 'PILE_DISABLED')),
  source        text        NOT NULL DEFAULT '',    -- what holds, where several of one reason may: a timetable's id
  since         timestamptz NOT NULL,
  by_subject    text        NOT NULL,
  by_name       text        NOT NULL,
  note          text,
  released_at   timestamptz,
  released_by   text,
  release_note  text,
  FOREIGN KEY (tenant_id, device_id) REFERENCES device (tenant_id, id),
  -- A machine may lock out for safety, never in again.
  CHECK (reason <> 'SAFETY' OR released_by IS NULL OR released_by <> 'system')
);
CREATE UNIQUE INDEX supply_hold_open ON supply_hold (tenant_id, device_id, reason, source) WHERE released_at IS NULL;
CREATE INDEX supply_hold_source ON supply_hold (tenant_id, reason, source, device_id) WHERE released_at IS NULL;
CALL fence('supply_hold');

-- The device's on/off log.
CREATE TABLE switch_event (
  id          uuid        PRIMARY KEY,
  tenant_id   uuid        NOT NULL,
  device_id   uuid        NOT NULL,
  at          timestamptz NOT NULL,
  what        text        NOT NULL CHECK (what IN ('HOLD_OPENED', 'HOLD_RELEASED', 'SWITCHED_ON', 'SWITCHED_OFF', 'SWITCH_FAILED')),
  reason      text,
  source      text,
  by_subject  text,
  by_name     text,
  command_id  uuid,
  note        text
);
CREATE INDEX switch_event_newest ON switch_event (tenant_id, at DESC, id DESC);
CREATE INDEX switch_event_of_device ON switch_event (tenant_id, device_id, at DESC, id DESC);
CALL fence_append_only('switch_event');
