-- The hour in which a counter is counting stands in the counter's own row, which every reading writes anyway. It goes to
-- consumption_hour and consumption_day when the next one begins, or when readings come that are not plain. The row of its day is
-- there from the day's first hour on.
ALTER TABLE meter_state
  ADD COLUMN open_hour       timestamptz,
  ADD COLUMN open_quantity   numeric(18,4),
  ADD COLUMN open_covered_us bigint,
  ADD COLUMN open_readings   int,
  ADD CHECK (num_nulls(open_hour, open_quantity, open_covered_us, open_readings) IN (0, 4));

-- What was used, the open hours included: whoever asks for consumption asks here. The fences are those of whoever asks.
CREATE VIEW consumption_by_hour WITH (security_invoker = true) AS
  SELECT tenant_id, device_id, register, service_point_id, hour, quantity, covered_us, readings
  FROM consumption_hour
  UNION ALL
  SELECT tenant_id, device_id, register, service_point_id, open_hour, open_quantity, open_covered_us, open_readings
  FROM meter_state
  WHERE open_hour IS NOT NULL;

CREATE VIEW consumption_by_day WITH (security_invoker = true) AS
  SELECT c.tenant_id, c.device_id, c.register, c.service_point_id, c.day,
         c.quantity + coalesce(s.open_quantity, 0) AS quantity, c.covered_us + coalesce(s.open_covered_us, 0) AS covered_us,
         c.readings + coalesce(s.open_readings, 0) AS readings
  FROM consumption_day c
  LEFT JOIN meter_state s ON s.tenant_id = c.tenant_id AND s.device_id = c.device_id AND s.register = c.register
                         AND s.service_point_id = c.service_point_id AND (s.open_hour AT TIME ZONE s.zone)::date = c.day;
GRANT SELECT ON consumption_by_hour, consumption_by_day TO wuye_app, wuye_cross;
