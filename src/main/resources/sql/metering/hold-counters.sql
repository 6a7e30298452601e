-- Makes the state of counters that are seen for the first time, and locks all the others, in one order so that two batches
-- cannot wait for each other. The WHERE that is never true is meant: a row in conflict is locked even so, and not rewritten.
-- It must be a statement of its own: the one that stores takes its snapshot after this one has waited.
INSERT INTO meter_state (tenant_id, device_id, register, service_point_id, capacity, max_per_hour, zone)
SELECT DISTINCT a.tenant_id, a.device_id, a.register, a.device_id, $4::numeric, $5::numeric, t.zone
FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS a (tenant_id, device_id, register)
JOIN tenant t ON t.id = a.tenant_id
ORDER BY a.tenant_id, a.device_id, a.register
ON CONFLICT (tenant_id, device_id, register) DO UPDATE SET register = excluded.register WHERE false
