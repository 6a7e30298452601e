-- Where these counters stand, locked in one order so that two batches cannot wait for each other. Whoever waited sees what the
-- other one wrote.
SELECT s.tenant_id, s.device_id, s.register, s.service_point_id, s.in_service, s.factor, s.max_per_hour, s.zone, s.base_at,
       s.base_value, s.newest_at, s.clock_doubted, s.closed_before, s.suspect_since, s.open_hour, s.open_quantity,
       s.open_covered_us, s.open_readings, s.ctid::text
FROM (SELECT unnest($1::uuid[]) AS tenant_id, unnest($2::uuid[]) AS device_id, unnest($3::text[]) AS register) a
JOIN meter_state s ON s.tenant_id = a.tenant_id AND s.device_id = a.device_id AND s.register = a.register
ORDER BY s.tenant_id, s.device_id, s.register
FOR NO KEY UPDATE OF s
