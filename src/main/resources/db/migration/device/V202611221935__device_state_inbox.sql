-- What a device last said of itself. Split from the registry's row because it changes with nearly every message: half-empty
-- pages and no index on a changing column keep those updates inside their page.
CREATE TABLE device_state (
  device_id          uuid        PRIMARY KEY,
  tenant_id          uuid        NOT NULL,
  connectivity       text        NOT NULL DEFAULT 'UNKNOWN' CHECK (connectivity IN ('UNKNOWN', 'ONLINE', 'OFFLINE')),
  connectivity_at    timestamptz,
  last_seen_at       timestamptz,
  heartbeat_seconds  int,                       -- as the device says; null: as the registry says
  clock_skew_ms      bigint,                    -- receive time less device time; null: not yet known
  clock_suspect      boolean     NOT NULL DEFAULT false,
  boot               text,
  boot_at            timestamptz,
  last_seq           bigint,
  seq_gaps           bigint      NOT NULL DEFAULT 0,
  state_version      bigint,
  desired_version    bigint,
  reported           jsonb,
  info               jsonb,
  switch_reported    text        CHECK (switch_reported IN ('ON', 'OFF', 'MOVING', 'FAULT')),
  switch_reported_at timestamptz
) WITH (fillfactor = 50);
CALL fence('device_state');

-- Events, acknowledgements and requests as they came, once each: what makes a repeated one harmless, and the record of
-- what happened at a device.
CREATE TABLE device_event (
  tenant_id     uuid        NOT NULL,
  device_id     uuid        NOT NULL,
  message_id    uuid        NOT NULL,
  channel       text        NOT NULL,
  at            timestamptz NOT NULL,
  device_time   timestamptz NOT NULL,
  received_at   timestamptz NOT NULL,
  clock_suspect boolean     NOT NULL,
  data          jsonb       NOT NULL,
  PRIMARY KEY (tenant_id, device_id, message_id)
);
CREATE INDEX device_event_newest ON device_event (tenant_id, device_id, at DESC, message_id DESC);
CALL fence_append_only('device_event');

-- Messages that could not be taken, with the reason. The same message again only counts up. Messages under a topic of no
-- known property company stand under the nil tenant, for the platform's operator.
CREATE TABLE rejected_message (
  id            uuid        PRIMARY KEY,
  tenant_id     uuid        NOT NULL,
  device_id     uuid,
  topic         text        NOT NULL,
  payload       bytea       NOT NULL,
  fingerprint   bytea       NOT NULL,
  reason        text        NOT NULL,
  detail        text        NOT NULL,
  received_at   timestamptz NOT NULL,
  times         int         NOT NULL DEFAULT 1,
  last_at       timestamptz NOT NULL,
  replayed_at   timestamptz,
  UNIQUE (tenant_id, fingerprint)
);
CREATE INDEX rejected_message_open ON rejected_message (tenant_id, received_at DESC, id DESC) WHERE replayed_at IS NULL;
CALL fence('rejected_message');
