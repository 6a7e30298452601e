-- The state version that a command depends on; a device whose state has moved on rejects it.
ALTER TABLE device_command
  ADD COLUMN expect_version bigint,
  -- Since when nobody knows the outcome; read-backs grow rare with the time since then. Null of those before this column.
  ADD COLUMN doubted_at timestamptz;

ALTER TABLE device_state
  -- When the service last asked the device to set its clock.
  ADD COLUMN clock_sync_at timestamptz,
  -- When the service received what stands in switch_reported; by the service's clock, as supply_switch.acked_at.
  ADD COLUMN switch_heard_at timestamptz;

ALTER TABLE supply_switch
  -- The state version that the acknowledgement named: a report of it, or of a later one, is no older than the switching.
  ADD COLUMN acked_version bigint,
  -- When the device was asked how it stands because no report had followed, and when its answer showed what it had acknowledged.
  ADD COLUMN read_asked_at timestamptz,
  ADD COLUMN read_at       timestamptz;
