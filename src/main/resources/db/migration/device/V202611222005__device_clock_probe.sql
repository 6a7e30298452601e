-- The last large delay of a device and the device time it was seen at: a delay that repeats is a clock that is behind.
ALTER TABLE device_state
  ADD COLUMN clock_probe_ms bigint,
  ADD COLUMN clock_probe_ts timestamptz;
