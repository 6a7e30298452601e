-- Writes what an account has used and was charged up to its newest believed reading until $4, less what earlier settlements said:
-- corrections since are in it. Writes nothing when there is nothing new. Its counters and balance are held.
WITH account AS (
  SELECT b.tenant_id, b.point_id, b.device_id, b.register, b.in_quantity, b.credit, b.starts_at, b.charged_until, a.commodity, a.mode,
         a.unit
  FROM meter_balance b
  JOIN meter_account a ON a.tenant_id = b.tenant_id AND a.point_id = b.point_id
  WHERE b.tenant_id = $1::uuid AND b.point_id = $2::uuid
), before AS (
  SELECT coalesce(max(r.to_at), a.starts_at) AS from_at, coalesce(sum(r.quantity), 0) AS quantity,
         coalesce(sum(r.energy_amount), 0) AS energy, coalesce(sum(r.service_amount), 0) AS service
  FROM account a
  LEFT JOIN settlement_record r ON r.tenant_id = a.tenant_id AND r.point_id = a.point_id AND r.life_from = a.starts_at
  GROUP BY a.starts_at
), reached AS (
  SELECT b.*, greatest(b.from_at, (
    SELECT r.read_at FROM meter_reading r
    WHERE r.tenant_id = a.tenant_id AND r.device_id = a.device_id AND r.register = a.register AND r.quality = 'VALID'
      AND r.read_at <= least($4::timestamptz, a.charged_until)
    ORDER BY r.read_at DESC LIMIT 1)) AS to_at
  FROM account a CROSS JOIN before b
), used AS (
  SELECT coalesce(sum(l.quantity) FILTER (WHERE l.until <= x.to_at), 0) AS quantity,
         coalesce(sum(l.energy_amount) FILTER (WHERE l.until <= x.to_at), 0) AS energy,
         coalesce(sum(l.service_amount) FILTER (WHERE l.until <= x.to_at), 0) AS service,
         coalesce(sum(l.quantity) FILTER (WHERE l.until > x.to_at), 0) AS later_quantity,
         coalesce(sum(l.energy_amount + l.service_amount) FILTER (WHERE l.until > x.to_at), 0) AS later_money
  FROM account a
  CROSS JOIN reached x
  LEFT JOIN rated_line l ON l.tenant_id = a.tenant_id AND l.point_id = a.point_id AND l.until > a.starts_at
), said AS (
  SELECT a.*, x.from_at, x.to_at, u.quantity - x.quantity AS quantity, u.energy - x.energy AS energy, u.service - x.service AS service,
         a.credit + CASE WHEN a.in_quantity THEN u.later_quantity ELSE u.later_money END AS after
  FROM account a CROSS JOIN reached x CROSS JOIN used u
)
INSERT INTO settlement_record (tenant_id, id, run_id, point_id, device_id, commodity, mode, unit, life_from, from_at, to_at,
                               from_register, to_register, quantity, energy_amount, service_amount, credit_before, credit_after,
                               settled_at, by_subject, by_name)
SELECT s.tenant_id, $3::uuid, r.id, s.point_id, s.device_id, s.commodity, s.mode, s.unit, s.starts_at, s.from_at, s.to_at,
       (SELECT m.value FROM meter_reading m WHERE m.tenant_id = s.tenant_id AND m.device_id = s.device_id AND m.register = s.register
          AND m.read_at = s.from_at AND m.quality = 'VALID' ORDER BY m.event_id DESC LIMIT 1),
       (SELECT m.value FROM meter_reading m WHERE m.tenant_id = s.tenant_id AND m.device_id = s.device_id AND m.register = s.register
          AND m.read_at = s.to_at AND m.quality = 'VALID' ORDER BY m.event_id DESC LIMIT 1),
       s.quantity, s.energy, s.service, s.after + CASE WHEN s.in_quantity THEN s.quantity ELSE s.energy + s.service END, s.after,
       $5::timestamptz, r.by_subject, r.by_name
FROM said s
JOIN settlement_run r ON r.tenant_id = s.tenant_id AND r.id = $6::uuid
WHERE s.to_at > s.from_at OR s.quantity <> 0 OR s.energy <> 0 OR s.service <> 0
