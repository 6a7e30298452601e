-- Days that are not what their weekday says; a company's own.
CREATE TABLE holiday_calendar (
  id           uuid   PRIMARY KEY,
  tenant_id    uuid   NOT NULL,
  name         text   NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  days_off     date[] NOT NULL,
  working_days date[] NOT NULL,
  version      int    NOT NULL DEFAULT 0,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, name)
);
CALL fence('holiday_calendar');

-- What happens by the clock. The next due instant stands here; a paused or deleted timetable is due once more, to let go.
CREATE TABLE timetable (
  id            uuid        PRIMARY KEY,
  tenant_id     uuid        NOT NULL,
  purpose       text        NOT NULL CHECK (purpose IN ('POWER', 'READING')),
  name          text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  zone          text        NOT NULL,
  times         jsonb       NOT NULL,
  calendar_id   uuid,
  misfire       text        NOT NULL CHECK (misfire IN ('RUN_LATEST', 'SKIP')),
  status        text        NOT NULL CHECK (status IN ('ACTIVE', 'PAUSED', 'DELETED')),
  next_due_at   timestamptz,
  progress      uuid,                              -- READING: the last device asked in the round under way
  last_run_at   timestamptz,
  last_action   text,
  version       int         NOT NULL DEFAULT 0,
  created_at    timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, calendar_id) REFERENCES holiday_calendar (tenant_id, id)
);
CREATE INDEX timetable_due ON timetable (next_due_at) WHERE next_due_at IS NOT NULL;
CREATE INDEX timetable_list ON timetable (tenant_id, purpose, created_at, id) WHERE status <> 'DELETED';
CALL fence('timetable');

-- Whom it concerns: devices by name, or whatever stands in a subtree of spaces when it is due.
CREATE TABLE timetable_target (
  tenant_id    uuid NOT NULL,
  timetable_id uuid NOT NULL,
  device_id    uuid,
  space_id     uuid,
  CHECK ((device_id IS NULL) <> (space_id IS NULL)),
  FOREIGN KEY (tenant_id, timetable_id) REFERENCES timetable (tenant_id, id),
  FOREIGN KEY (tenant_id, device_id) REFERENCES device (tenant_id, id),
  FOREIGN KEY (tenant_id, space_id) REFERENCES space (tenant_id, id)
);
CREATE UNIQUE INDEX timetable_target_device ON timetable_target (tenant_id, timetable_id, device_id) WHERE device_id IS NOT NULL;
CREATE UNIQUE INDEX timetable_target_space ON timetable_target (tenant_id, timetable_id, space_id) WHERE space_id IS NOT NULL;
CREATE INDEX timetable_of_device ON timetable_target (tenant_id, device_id) WHERE device_id IS NOT NULL;
CALL fence('timetable_target');

-- The devices that a timetable concerns right now, retired ones left out.
CREATE VIEW timetable_device WITH (security_invoker = true) AS
  SELECT t.tenant_id, t.timetable_id, d.id AS device_id, d.device_class
  FROM timetable_target t
  JOIN device d ON d.tenant_id = t.tenant_id AND d.id = t.device_id
  WHERE d.lifecycle IN ('REGISTERED', 'ACTIVE')
  UNION
  SELECT t.tenant_id, t.timetable_id, d.id, d.device_class
  FROM timetable_target t
  JOIN space root ON root.tenant_id = t.tenant_id AND root.id = t.space_id
  JOIN space s ON s.tenant_id = t.tenant_id AND s.path >= root.path
              AND s.path <= root.path || 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid
  JOIN device d ON d.tenant_id = t.tenant_id AND d.space_id = s.id
  WHERE d.lifecycle IN ('REGISTERED', 'ACTIVE');
GRANT SELECT ON timetable_device TO wuye_app, wuye_cross;
