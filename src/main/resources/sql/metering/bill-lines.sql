-- What a bill up to $4 says: for each period billed so far and for the new one, what its usage costs by now less what bills said
-- of it, by price. So usage is billed once whatever was charged anew meanwhile, and nothing is lost. Estimates of earlier bills
-- are taken back in full; with $5, an estimate from $6 on is added. The point's counters and balance are held.
WITH earlier AS (
  SELECT id, from_at, until_at FROM meter_bill WHERE tenant_id = $1::uuid AND point_id = $2::uuid AND life_from = $3::timestamptz
), span AS (
  SELECT from_at, until_at, false AS fresh FROM earlier WHERE until_at > from_at
  UNION ALL
  SELECT coalesce((SELECT max(until_at) FROM earlier), $3::timestamptz), $4::timestamptz, true
), truth AS (
  SELECT s.until_at AS of_until, l.version_id, l.tier, l.period, l.energy_price, l.service_price, bool_or(s.fresh) AS fresh,
         sum(l.quantity) AS quantity, sum(l.energy_amount) AS energy, sum(l.service_amount) AS service
  FROM span s
  JOIN rated_line l ON l.tenant_id = $1::uuid AND l.point_id = $2::uuid AND l.until > s.from_at AND l.until <= s.until_at
  GROUP BY s.until_at, l.version_id, l.tier, l.period, l.energy_price, l.service_price
), said AS (
  SELECT l.of_until, l.version_id, l.tier, l.period, l.energy_price, l.service_price,
         l.kind IN ('ESTIMATED', 'TAKEN_BACK') AS guessed,
         sum(l.quantity) AS quantity, sum(l.energy_amount) AS energy, sum(l.service_amount) AS service
  FROM earlier e
  JOIN meter_bill_line l ON l.tenant_id = $1::uuid AND l.bill_id = e.id
  GROUP BY l.of_until, l.version_id, l.tier, l.period, l.energy_price, l.service_price, l.kind IN ('ESTIMATED', 'TAKEN_BACK')
), due AS (
  SELECT CASE WHEN t.fresh THEN 'USAGE' ELSE 'CORRECTION' END AS kind, of_until, version_id, tier, period, energy_price, service_price,
         coalesce(t.quantity, 0) - coalesce(s.quantity, 0) AS quantity, coalesce(t.energy, 0) - coalesce(s.energy, 0) AS energy,
         coalesce(t.service, 0) - coalesce(s.service, 0) AS service
  FROM truth t
  FULL JOIN (SELECT * FROM said WHERE NOT guessed) s USING (of_until, version_id, tier, period, energy_price, service_price)
  UNION ALL
  SELECT 'TAKEN_BACK', of_until, version_id, tier, period, energy_price, service_price, -quantity, -energy, -service
  FROM said
  WHERE guessed
  UNION ALL
  SELECT 'ESTIMATED', $4::timestamptz, r.version_id, r.tier, r.period, r.energy_price, r.service_price, sum(r.quantity),
         sum(r.energy_amount), sum(r.service_amount)
  FROM meter_balance b
  CROSS JOIN LATERAL rate_usage(ARRAY[b.tenant_id], ARRAY[b.point_id], ARRAY[b.plan_id], ARRAY[$6::timestamptz],
                                ARRAY[$4::timestamptz], ARRAY[$5::numeric], ARRAY[NULL::text], ARRAY[b.month_used],
                                ARRAY[b.year_used]) r
  WHERE b.tenant_id = $1::uuid AND b.point_id = $2::uuid AND $5::numeric > 0
  GROUP BY r.version_id, r.tier, r.period, r.energy_price, r.service_price
)
SELECT kind, of_until, version_id, tier, period, quantity, energy_price, service_price, energy, service
FROM due
WHERE quantity <> 0 OR energy <> 0 OR service <> 0
ORDER BY of_until DESC, CASE kind WHEN 'USAGE' THEN 1 WHEN 'ESTIMATED' THEN 2 WHEN 'CORRECTION' THEN 3 ELSE 4 END, tier, period,
         energy_price, service_price
