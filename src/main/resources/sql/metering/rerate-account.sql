-- Charges an account anew from where its readings may have changed: what the readings say, less what was charged. Where both
-- agree nothing is written. The counters of all meters that serve the point, and the balance, are held.
WITH account AS (
  SELECT b.*, t.zone, greatest(b.rerate_from, b.starts_at) AS doubtful
  FROM meter_balance b
  JOIN tenant t ON t.id = b.tenant_id
  WHERE b.tenant_id = $1::uuid AND b.point_id = $2::uuid
), served AS (
  SELECT a.device_id FROM account a
  UNION
  SELECT m.device_id FROM account a JOIN meter_installation m ON m.tenant_id = a.tenant_id AND m.service_point_id = a.point_id
), base AS (
  -- The last believed reading before the doubt: all that is charged up to it stands.
  SELECT a.*, coalesce((
    SELECT max(x.read_at)
    FROM served d
    CROSS JOIN LATERAL (
      SELECT r.read_at
      FROM meter_reading r
      LEFT JOIN LATERAL (
        SELECT m.service_point_id FROM meter_installation m
        WHERE m.tenant_id = r.tenant_id AND m.device_id = r.device_id AND (m.installed_at, m.opening_id) <= (r.read_at, r.event_id)
        ORDER BY m.installed_at DESC, m.opening_id DESC
        LIMIT 1) i ON true
      WHERE r.tenant_id = a.tenant_id AND r.device_id = d.device_id AND r.register = a.register
        AND r.read_at < a.doubtful AND r.read_at >= a.starts_at AND r.quality = 'VALID'
        AND coalesce(i.service_point_id, r.device_id) = a.point_id
      ORDER BY r.read_at DESC
      LIMIT 1) x), a.starts_at) AS base_at
  FROM account a
), reading AS (
  SELECT r.device_id, r.read_at, r.event_id, r.value, r.finding, i.id AS installation_id, coalesce(i.factor, 1) AS factor,
         coalesce(i.capacity, $3::numeric) AS capacity
  FROM base b
  JOIN served d ON true
  JOIN meter_reading r ON r.tenant_id = b.tenant_id AND r.device_id = d.device_id AND r.register = b.register
                      AND r.read_at >= b.base_at AND r.quality = 'VALID'
  LEFT JOIN LATERAL (
    SELECT m.id, m.service_point_id, m.ct_ratio * m.multiplier AS factor, power(10::numeric, m.register_digits) AS capacity
    FROM meter_installation m
    WHERE m.tenant_id = r.tenant_id AND m.device_id = r.device_id AND (m.installed_at, m.opening_id) <= (r.read_at, r.event_id)
    ORDER BY m.installed_at DESC, m.opening_id DESC
    LIMIT 1) i ON true
  WHERE coalesce(i.service_point_id, r.device_id) = b.point_id
), truth AS (
  SELECT device_id, from_at AS since, read_at AS until,
         round((value - from_value + CASE WHEN finding = 'ROLLOVER' THEN capacity ELSE 0 END) * factor, 4) AS quantity
  FROM (
    SELECT *, lag(read_at) OVER meter AS from_at, lag(value) OVER meter AS from_value
    FROM reading
    WINDOW meter AS (PARTITION BY device_id, installation_id ORDER BY read_at, event_id)) x
  WHERE from_at IS NOT NULL AND read_at > (SELECT base_at FROM base)
), priced AS (
  -- Up to where there is a price without a gap.
  SELECT min(until) AS until
  FROM (
    SELECT s.to_at AS until
    FROM base b
    JOIN tariff_segment s ON s.tenant_id = b.tenant_id AND s.plan_id = b.plan_id AND s.to_at > b.base_at
    WHERE NOT EXISTS (SELECT FROM tariff_segment n
                      WHERE n.tenant_id = s.tenant_id AND n.plan_id = s.plan_id AND n.from_at = s.to_at)
    UNION ALL
    SELECT b.base_at
    FROM base b
    WHERE NOT EXISTS (SELECT FROM tariff_segment s
                      WHERE s.tenant_id = b.tenant_id AND s.plan_id = b.plan_id AND s.from_at <= b.base_at AND s.to_at > b.base_at)) p
), usage AS MATERIALIZED (
  SELECT *, row_number() OVER (ORDER BY until, since) AS i FROM truth WHERE until <= (SELECT until FROM priced)
), begins AS (
  -- Where the count goes on: with the first usage, which may be of a later month or year than the base, for a point that is without
  -- a meter for a while. A usage without length belongs to the time before it.
  SELECT date_trunc('month', at, zone) AS month_at, date_trunc('year', at, zone) AS year_at
  FROM (SELECT coalesce(min(CASE WHEN u.since = u.until THEN u.since - interval '1 microsecond' ELSE u.since END), b.base_at) AS at, b.zone
        FROM base b LEFT JOIN usage u ON true
        GROUP BY b.base_at, b.zone) f
), counted AS (
  SELECT coalesce(sum(l.quantity) FILTER (WHERE l.from_at >= f.month_at), 0) AS in_month, coalesce(sum(l.quantity), 0) AS in_year
  FROM base b
  CROSS JOIN begins f
  LEFT JOIN rated_line l ON l.tenant_id = b.tenant_id AND l.point_id = b.point_id AND l.until <= b.base_at
                        AND l.until > f.year_at AND l.from_at >= f.year_at
), rated AS MATERIALIZED (
  SELECT u.device_id, u.since, u.until, r.*
  FROM (
    SELECT array_agg(b.tenant_id ORDER BY i) AS tenants, array_agg(b.point_id ORDER BY i) AS points,
           array_agg(b.plan_id ORDER BY i) AS plans, array_agg(u.since ORDER BY i) AS froms, array_agg(u.until ORDER BY i) AS tos,
           array_agg(u.quantity ORDER BY i) AS quantities, array_agg(NULL::text ORDER BY i) AS counters,
           array_agg(c.in_month ORDER BY i) AS months, array_agg(c.in_year ORDER BY i) AS years
    FROM usage u CROSS JOIN base b CROSS JOIN counted c) g
  CROSS JOIN LATERAL rate_usage(g.tenants, g.points, g.plans, g.froms, g.tos, g.quantities, g.counters, g.months, g.years) r
  JOIN usage u ON u.i = r.usage
), difference AS MATERIALIZED (
  SELECT device_id, since, until, from_at, to_at, version_id, tier, period, quantity, used_before, energy_price, service_price,
         energy_amount, service_amount, sum(n)::int AS n
  FROM (
    SELECT device_id, since, until, from_at, to_at, version_id, tier, period, quantity, used_before, energy_price, service_price,
           energy_amount, service_amount, 1 AS n
    FROM rated
    UNION ALL
    SELECT l.device_id, l.since, l.until, l.from_at, l.to_at, l.version_id, l.tier, l.period, l.sign * l.quantity, l.used_before,
           l.energy_price, l.service_price, l.sign * l.energy_amount, l.sign * l.service_amount, -l.sign
    FROM base b
    JOIN rated_line l ON l.tenant_id = b.tenant_id AND l.point_id = b.point_id AND l.until > b.base_at) x
  GROUP BY device_id, since, until, from_at, to_at, version_id, tier, period, quantity, used_before, energy_price, service_price,
           energy_amount, service_amount
  HAVING sum(n) <> 0
), lines AS (
  INSERT INTO rated_line (tenant_id, point_id, device_id, version_id, since, until, from_at, to_at, rated_at, revision, no, sign,
                          tier, period, quantity, used_before, energy_price, service_price, energy_amount, service_amount)
  SELECT b.tenant_id, b.point_id, d.device_id, d.version_id, d.since, d.until, d.from_at, d.to_at, $4::timestamptz, b.revision + 1,
         row_number() OVER (PARTITION BY d.until ORDER BY d.n, d.from_at, d.tier), d.n, d.tier, d.period, d.n * d.quantity,
         d.used_before, d.energy_price, d.service_price, d.n * d.energy_amount, d.n * d.service_amount
  FROM difference d CROSS JOIN base b
), reached AS (
  SELECT coalesce(max(u.until), b.base_at) AS until
  FROM base b LEFT JOIN usage u ON true
  GROUP BY b.base_at
), sums AS (
  SELECT coalesce(sum(n * quantity), 0) AS quantity, coalesce(sum(n * energy_amount), 0) AS energy,
         coalesce(sum(n * service_amount), 0) AS service, count(*)::int AS lines
  FROM difference
), moved AS (
  UPDATE meter_balance m
  SET credit = m.credit - CASE WHEN m.in_quantity THEN s.quantity ELSE s.energy + s.service END,
      look_at = CASE WHEN m.credit - CASE WHEN m.in_quantity THEN s.quantity ELSE s.energy + s.service END < m.look_below
                THEN least(m.look_at, $4::timestamptz) ELSE m.look_at END,
      charged_until = r.until,
      rerate_from = NULL,
      unpriced_since = CASE WHEN EXISTS (SELECT FROM truth WHERE until > r.until) THEN r.until END,
      month_at = date_trunc('month', r.until, b.zone),
      month_used = (SELECT coalesce(sum(l.quantity), 0) FROM rated l WHERE l.from_at >= date_trunc('month', r.until, b.zone))
                   + CASE WHEN f.month_at = date_trunc('month', r.until, b.zone) THEN c.in_month ELSE 0 END,
      year_at = date_trunc('year', r.until, b.zone),
      year_used = (SELECT coalesce(sum(l.quantity), 0) FROM rated l WHERE l.from_at >= date_trunc('year', r.until, b.zone))
                  + CASE WHEN f.year_at = date_trunc('year', r.until, b.zone) THEN c.in_year ELSE 0 END,
      unposted_quantity = m.unposted_quantity + s.quantity,
      unposted_energy = m.unposted_energy + s.energy,
      unposted_service = m.unposted_service + s.service,
      revision = m.revision + CASE WHEN s.lines > 0 THEN 1 ELSE 0 END
  FROM base b CROSS JOIN sums s CROSS JOIN reached r CROSS JOIN counted c CROSS JOIN begins f
  WHERE m.tenant_id = b.tenant_id AND m.point_id = b.point_id
)
SELECT lines FROM sums
