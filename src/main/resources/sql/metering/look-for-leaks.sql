-- Looks at a company's water meters as of the night $2. An hour is known if it is covered by readings of its own: one that is
-- not, or that is interpolated between readings far apart, says nothing of its flow, and is not zero. A night has FLOW if each of
-- its hours is known and flowed at the threshold or more; it is CLEAR if a known hour flowed at less than half of it; else it
-- counts neither way. A suspicion opens after so many nights of flow since the last clear one, and closes with a clear one.
WITH policy AS (
  SELECT p.*, t.zone FROM leak_policy p JOIN tenant t ON t.id = p.tenant_id WHERE p.tenant_id = $1::uuid
), night AS (
  SELECT d::date AS night, (d::date + make_interval(hours => p.from_hour)) AT TIME ZONE p.zone AS since,
         (d::date + make_interval(hours => p.to_hour)) AT TIME ZONE p.zone AS until
  FROM policy p
  CROSS JOIN LATERAL generate_series(($2::date - 2 * p.nights + 1)::timestamp, $2::date::timestamp, interval '1 day') d
), seen AS (
  SELECT d.id AS device_id, n.night, h.least,
         h.flowing * 3600 >= extract(epoch FROM n.until - n.since) AS flow, h.quiet > 0 AS clear
  FROM policy p
  JOIN device d ON d.tenant_id = p.tenant_id AND d.device_class = 'wmeter'
  CROSS JOIN night n
  CROSS JOIN LATERAL (
    SELECT min(k.quantity) AS least, count(*) FILTER (WHERE k.quantity >= p.threshold) AS flowing,
           count(*) FILTER (WHERE k.quantity < p.threshold / 2) AS quiet
    FROM (
      SELECT sum(c.quantity) AS quantity
      FROM consumption_by_hour c
      WHERE c.tenant_id = p.tenant_id AND c.device_id = d.id AND c.register = 'TOTAL' AND c.hour >= n.since AND c.hour < n.until
      GROUP BY c.hour
      HAVING sum(c.covered_us) >= 3420000000 AND sum(c.readings) > 0) k) h
), cleared AS (
  SELECT device_id, max(night) FILTER (WHERE clear) AS night FROM seen GROUP BY device_id
), streak AS (
  SELECT s.device_id, count(*)::int AS nights, min(s.night) AS first_night, max(s.night) AS last_night, min(s.least) AS least
  FROM seen s JOIN cleared c ON c.device_id = s.device_id
  WHERE s.flow AND (c.night IS NULL OR s.night > c.night)
  GROUP BY s.device_id
), closed AS (
  UPDATE leak_suspicion l SET closed_at = $3::timestamptz
  FROM cleared c
  WHERE l.tenant_id = $1::uuid AND l.device_id = c.device_id AND l.closed_at IS NULL AND c.night > l.last_night
  RETURNING l.device_id
), opened AS (
  INSERT INTO leak_suspicion AS l (tenant_id, id, device_id, opened_at, first_night, last_night, nights, least_flow)
  SELECT $1::uuid, gen_random_uuid(), s.device_id, $3::timestamptz, s.first_night, s.last_night, s.nights, s.least
  FROM streak s CROSS JOIN policy p
  WHERE s.nights >= p.nights AND s.device_id NOT IN (SELECT device_id FROM closed)
  ON CONFLICT (tenant_id, device_id) WHERE closed_at IS NULL
  DO UPDATE SET last_night = excluded.last_night, nights = l.nights + (excluded.last_night > l.last_night)::int,
                least_flow = least(l.least_flow, excluded.least_flow)
  RETURNING 1
)
SELECT (SELECT count(*) FROM closed)::int + (SELECT count(*) FROM opened)::int AS looked
