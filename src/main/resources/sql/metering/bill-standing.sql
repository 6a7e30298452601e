-- What a bill of this account can go up to: the first believed reading at or after the cut-off that is charged, else the newest
-- charged one; and what an estimate would go by.
WITH account AS (
  SELECT b.tenant_id, b.point_id, b.device_id, b.register, b.plan_id, b.starts_at, b.charged_until, b.rerate_from, b.unpriced_since
  FROM meter_balance b
  WHERE b.tenant_id = $1::uuid AND b.point_id = $2::uuid
), served AS (
  SELECT device_id, register FROM account
  UNION
  SELECT m.device_id, a.register
  FROM account a JOIN meter_installation m ON m.tenant_id = a.tenant_id AND m.service_point_id = a.point_id
), lately AS (
  SELECT greatest(a.starts_at, a.charged_until - interval '30 days') AS since FROM account a
)
SELECT a.*, (SELECT zone FROM tenant WHERE id = a.tenant_id) AS zone,
       (SELECT min(f.read_at)
        FROM served d
        CROSS JOIN LATERAL (
          SELECT r.read_at FROM meter_reading r
          WHERE r.tenant_id = a.tenant_id AND r.device_id = d.device_id AND r.register = d.register AND r.quality = 'VALID'
            AND r.read_at >= $3::timestamptz AND r.read_at <= a.charged_until
          ORDER BY r.read_at LIMIT 1) f) AS read_after,
       (SELECT max(m.until_at) FROM meter_bill m
        WHERE m.tenant_id = a.tenant_id AND m.point_id = a.point_id AND m.life_from = a.starts_at) AS billed_until,
       EXISTS (SELECT FROM billing_task t JOIN billing_run r ON r.tenant_id = t.tenant_id AND r.id = t.run_id
               WHERE t.tenant_id = a.tenant_id AND t.point_id = a.point_id AND t.state = 'WAITING' AND r.cut_at < $3::timestamptz)
         AS earlier_open,
       CASE WHEN a.charged_until > l.since AND $3::timestamptz > a.charged_until THEN
         greatest(0, round((SELECT coalesce(sum(x.quantity), 0) FROM rated_line x
                WHERE x.tenant_id = a.tenant_id AND x.point_id = a.point_id AND x.until > l.since AND x.until <= a.charged_until)
               * extract(epoch FROM $3::timestamptz - a.charged_until) / extract(epoch FROM a.charged_until - l.since), 4))
       ELSE 0 END AS guess
FROM account a CROSS JOIN lately l
