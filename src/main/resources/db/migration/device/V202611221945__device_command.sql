-- One order to one device. What must happen when nothing happens stands in deadline, so that a restart forgets nothing.
CREATE TABLE device_command (
  id             uuid        PRIMARY KEY,           -- the id on the wire, for every attempt
  tenant_id      uuid        NOT NULL,
  device_id      uuid        NOT NULL,
  op             text        NOT NULL,
  kind           text        NOT NULL CHECK (kind IN ('ABSOLUTE', 'INCREMENTAL', 'MOMENTARY')),
  lane           text,
  args           jsonb       NOT NULL,
  origin         text        NOT NULL CHECK (origin IN ('USER', 'SCHEDULE', 'SYSTEM')),
  by_subject     text        NOT NULL,
  by_name        text        NOT NULL,
  reason         text,
  correlation_id uuid,
  sequence_no    bigint      CHECK (kind <> 'INCREMENTAL' OR sequence_no IS NOT NULL),
  supersedes_id  uuid,
  read_back      text,
  ack_ms         bigint      NOT NULL,
  done_ms        bigint      NOT NULL,
  valid_ms       bigint      NOT NULL,
  max_attempts   int         NOT NULL CHECK (kind <> 'MOMENTARY' OR max_attempts = 1),
  created_at     timestamptz NOT NULL,
  expires_at     timestamptz NOT NULL,
  state          text        NOT NULL CHECK (state IN ('QUEUED', 'SENT', 'ACCEPTED', 'TIMED_OUT', 'OUTCOME_UNKNOWN', 'SUCCEEDED',
                                                       'FAILED', 'EXPIRED', 'CANCELLED', 'SUPERSEDED')),
  attempt        int         NOT NULL CHECK (attempt BETWEEN 0 AND max_attempts),
  hand           int         NOT NULL,              -- how often handed to the outbox
  in_relay       boolean     NOT NULL,              -- whether that hand-over is still to be delivered
  deadline       timestamptz,
  code           text,
  detail         text,
  result         jsonb,
  settled_at     timestamptz,
  FOREIGN KEY (tenant_id, device_id) REFERENCES device (tenant_id, id),
  CHECK (deadline IS NOT NULL OR state NOT IN ('QUEUED', 'SENT', 'ACCEPTED', 'TIMED_OUT'))
);
-- Whatever two replicas do at once: one open command per device and lane.
CREATE UNIQUE INDEX device_command_lane ON device_command (tenant_id, device_id, lane)
  WHERE state IN ('QUEUED', 'SENT', 'ACCEPTED', 'TIMED_OUT');
CREATE INDEX device_command_due ON device_command (deadline) WHERE deadline IS NOT NULL;
CREATE INDEX device_command_waiting ON device_command (device_id) WHERE state = 'QUEUED' AND NOT in_relay;
CREATE INDEX device_command_newest ON device_command (tenant_id, created_at DESC, id DESC);
CREATE INDEX device_command_of_device ON device_command (tenant_id, device_id, created_at DESC, id DESC);
CREATE INDEX device_command_correlation ON device_command (correlation_id) WHERE correlation_id IS NOT NULL;
CALL fence('device_command');

-- Each transmission of it.
CREATE TABLE device_command_attempt (
  tenant_id   uuid        NOT NULL,
  command_id  uuid        NOT NULL REFERENCES device_command (id),
  attempt     int         NOT NULL,
  sent_at     timestamptz,
  accepted_at timestamptz,
  ended_at    timestamptz,
  outcome     text,
  code        text,
  detail      text,
  late        int         NOT NULL DEFAULT 0,       -- answers after it had ended otherwise
  PRIMARY KEY (tenant_id, command_id, attempt)
);
CALL fence('device_command_attempt');
