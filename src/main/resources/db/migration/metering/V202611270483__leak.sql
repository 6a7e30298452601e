-- Water that runs all night. A company says from which flow on, and for how many nights, that is suspect.
CREATE TABLE leak_policy (
  tenant_id    uuid          PRIMARY KEY,
  threshold    numeric(12,4) NOT NULL CHECK (threshold > 0),             -- m³ in each hour of the night
  nights       int           NOT NULL CHECK (nights BETWEEN 1 AND 14),
  from_hour    int           NOT NULL CHECK (from_hour BETWEEN 0 AND 22),
  to_hour      int           NOT NULL CHECK (to_hour <= 23),
  active       boolean       NOT NULL,
  next_look_at timestamptz,                                              -- when the next night is looked at; null while not active
  version      int           NOT NULL DEFAULT 0,
  CHECK (from_hour < to_hour),
  CHECK (active = (next_look_at IS NOT NULL))
);
CREATE INDEX leak_policy_due ON leak_policy (next_look_at) WHERE next_look_at IS NOT NULL;
CALL fence('leak_policy');

CREATE TABLE leak_suspicion (
  tenant_id   uuid          NOT NULL,
  id          uuid          NOT NULL DEFAULT gen_random_uuid(),
  device_id   uuid          NOT NULL,
  opened_at   timestamptz   NOT NULL,
  first_night date          NOT NULL,
  last_night  date          NOT NULL,
  nights      int           NOT NULL,
  least_flow  numeric(18,4) NOT NULL,                                    -- m³ in the quietest hour of them
  closed_at   timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, device_id) REFERENCES device (tenant_id, id)
);
CREATE UNIQUE INDEX leak_suspicion_open ON leak_suspicion (tenant_id, device_id) WHERE closed_at IS NULL;
CREATE INDEX leak_suspicion_newest ON leak_suspicion (tenant_id, opened_at DESC, id DESC);
CREATE INDEX leak_suspicion_of ON leak_suspicion (tenant_id, device_id, opened_at DESC);
CALL fence('leak_suspicion');
