-- How a device shall be configured, as down/desired has it; heartbeat_seconds is part of it. Version 0: nobody ever said.
ALTER TABLE device
  ADD COLUMN report_seconds  int CHECK (report_seconds BETWEEN 1 AND 86400),
  ADD COLUMN desired_version int NOT NULL DEFAULT 0;
