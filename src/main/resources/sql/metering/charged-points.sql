-- How far these points are charged, and where their tiers stand. The counters are held, so that nobody moves it.
SELECT b.tenant_id, b.point_id, b.device_id, b.register, b.plan_id, b.starts_at, b.charged_until,
       b.rerate_from IS NOT NULL OR b.unpriced_since IS NOT NULL AS waits, b.month_used, b.year_used,
       EXISTS (SELECT FROM meter_installation m
               WHERE m.tenant_id = b.tenant_id AND m.service_point_id = b.point_id AND m.device_id <> b.device_id) AS shared
FROM (SELECT unnest($1::uuid[]) AS tenant_id, unnest($2::uuid[]) AS point_id) p
JOIN meter_balance b ON b.tenant_id = p.tenant_id AND b.point_id = p.point_id
WHERE b.plan_id IS NOT NULL
