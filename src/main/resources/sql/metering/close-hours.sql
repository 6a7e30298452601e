-- Puts the open hours of these counters where the others are. The counters are held.
WITH open AS (
  SELECT s.tenant_id, s.device_id, s.register, s.service_point_id, s.open_hour AS hour, (s.open_hour AT TIME ZONE s.zone)::date AS day,
         s.open_quantity AS quantity, s.open_covered_us AS covered_us, s.open_readings AS readings
  FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS a (tenant_id, device_id, register)
  JOIN meter_state s ON s.tenant_id = a.tenant_id AND s.device_id = a.device_id AND s.register = a.register
  WHERE s.open_hour IS NOT NULL
), hours AS (
  INSERT INTO consumption_hour AS c (tenant_id, device_id, register, service_point_id, hour, quantity, covered_us, readings)
  SELECT tenant_id, device_id, register, service_point_id, hour, quantity, covered_us, readings
  FROM open
  ON CONFLICT (tenant_id, device_id, register, hour, service_point_id)
  DO UPDATE SET quantity = c.quantity + excluded.quantity, covered_us = c.covered_us + excluded.covered_us,
                readings = c.readings + excluded.readings
), days AS (
  INSERT INTO consumption_day AS c (tenant_id, device_id, register, service_point_id, day, quantity, covered_us, readings)
  SELECT tenant_id, device_id, register, service_point_id, day, quantity, covered_us, readings
  FROM open
  ON CONFLICT (tenant_id, device_id, register, day, service_point_id)
  DO UPDATE SET quantity = c.quantity + excluded.quantity, covered_us = c.covered_us + excluded.covered_us,
                readings = c.readings + excluded.readings
)
UPDATE meter_state s
SET open_hour = NULL, open_quantity = NULL, open_covered_us = NULL, open_readings = NULL
FROM open o
WHERE s.tenant_id = o.tenant_id AND s.device_id = o.device_id AND s.register = o.register
