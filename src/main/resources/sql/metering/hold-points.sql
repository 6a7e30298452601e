-- Locks the balances of all points that these counters serve or served, in one order. Late readings move the charges of points that
-- their meter has left, and two batches must not wait for each other there. A point that only one meter ever served needs none of
-- this: no other batch comes to it.
SELECT b.point_id
FROM (
  SELECT a.tenant_id, s.service_point_id AS point_id
  FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS a (tenant_id, device_id, register)
  JOIN meter_state s ON s.tenant_id = a.tenant_id AND s.device_id = a.device_id AND s.register = a.register
  UNION
  SELECT a.tenant_id, m.service_point_id
  FROM unnest($1::uuid[], $2::uuid[]) AS a (tenant_id, device_id)
  JOIN meter_installation m ON m.tenant_id = a.tenant_id AND m.device_id = a.device_id) p
JOIN meter_balance b ON b.tenant_id = p.tenant_id AND b.point_id = p.point_id
ORDER BY b.tenant_id, b.point_id
FOR NO KEY UPDATE OF b
