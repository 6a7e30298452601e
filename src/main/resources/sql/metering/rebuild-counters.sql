-- Judges all readings of a device anew from an instant on, after an installation changed, and makes its roll-ups and its
-- state anew from the day of the reading before it. The counters are held. Roll-ups that are no longer covered stay as rows of zero.
WITH counter AS (
  -- The interval that the instant falls into may have begun days before: all of it is made anew.
  SELECT s.tenant_id, s.device_id, s.register, s.zone, s.closed_before,
         date_trunc('day', coalesce(b.read_at, $3::timestamptz), s.zone) AS since
  FROM meter_state s
  LEFT JOIN LATERAL (
    SELECT r.read_at
    FROM meter_reading r
    WHERE r.tenant_id = s.tenant_id AND r.device_id = s.device_id AND r.register = s.register
      AND r.read_at < $3::timestamptz AND r.quality = 'VALID'
    ORDER BY r.read_at DESC
    LIMIT 1) b ON true
  WHERE s.tenant_id = $1::uuid AND s.device_id = $2::uuid
), line AS (
  SELECT x.*, i.id AS installation_id, coalesce(i.service_point_id, x.device_id) AS service_point_id,
         coalesce(i.factor, 1) AS factor, coalesce(i.capacity, $4::numeric) AS capacity,
         coalesce(i.max_per_hour, $5::numeric) AS max_per_hour, coalesce(i.in_service, true) AS in_service
  FROM (
    SELECT c.*, r.event_id, r.read_at, r.value, r.quality, r.finding, r.read_at <= b.read_at AS base
    FROM counter c
    LEFT JOIN LATERAL (
      SELECT r.event_id, r.read_at
      FROM meter_reading r
      WHERE r.tenant_id = c.tenant_id AND r.device_id = c.device_id AND r.register = c.register
        AND r.read_at <= c.since AND r.quality = 'VALID'
      ORDER BY r.read_at DESC, r.event_id DESC
      LIMIT 1) b ON true
    JOIN meter_reading r ON r.tenant_id = c.tenant_id AND r.device_id = c.device_id AND r.register = c.register
                        AND (b.read_at IS NULL OR (r.read_at, r.event_id) >= (b.read_at, b.event_id))
                        AND r.quality <> 'REJECTED') x
  LEFT JOIN LATERAL (
    SELECT m.id, m.service_point_id, m.ct_ratio * m.multiplier AS factor, power(10::numeric, m.register_digits) AS capacity,
           m.max_per_hour, (m.removed_at IS NULL OR (x.read_at, x.event_id) <= (m.removed_at, m.closing_id)) AS in_service
    FROM meter_installation m
    WHERE m.tenant_id = x.tenant_id AND m.device_id = x.device_id
      AND (m.installed_at, m.opening_id) <= (x.read_at, x.event_id)
    ORDER BY m.installed_at DESC, m.opening_id DESC
    LIMIT 1) i ON true
), judged AS (
  SELECT line.*, lead(event_id) OVER counter IS NULL AS last,
         meter_judgement(read_at, value, installation_id, in_service, factor, capacity, max_per_hour)
           OVER (PARTITION BY register ORDER BY read_at, event_id ROWS UNBOUNDED PRECEDING) AS v
  FROM line
  WINDOW counter AS (PARTITION BY register ORDER BY read_at, event_id)
), share AS (
  SELECT j.tenant_id, j.device_id, j.register, j.zone, j.closed_before, j.service_point_id, s.hour, s.share, s.covered_us, s.readings
  FROM judged j
  CROSS JOIN LATERAL meter_shares((j.v).from_at, j.read_at, (j.v).quantity, j.zone) s
  WHERE (j.v).from_at IS NOT NULL AND s.hour >= j.since
), hourly AS (
  SELECT tenant_id, device_id, register, service_point_id, hour,
         sum(quantity) AS quantity, sum(covered_us)::bigint AS covered_us, sum(readings)::int AS readings
  FROM (
    SELECT tenant_id, device_id, register, service_point_id, hour, share AS quantity, covered_us, readings
    FROM share
    UNION ALL
    SELECT h.tenant_id, h.device_id, h.register, h.service_point_id, h.hour, 0, 0, 0
    FROM counter c
    JOIN consumption_hour h ON h.tenant_id = c.tenant_id AND h.device_id = c.device_id AND h.register = c.register
                           AND h.hour >= c.since) x
  GROUP BY tenant_id, device_id, register, service_point_id, hour
), daily AS (
  SELECT tenant_id, device_id, register, service_point_id, day, closed_before, sum(quantity) AS quantity, sum(was) AS was,
         sum(covered_us)::bigint AS covered_us, sum(readings)::int AS readings
  FROM (
    SELECT tenant_id, device_id, register, service_point_id, (hour AT TIME ZONE zone)::date AS day, closed_before,
           share AS quantity, 0 AS was, covered_us, readings
    FROM share
    UNION ALL
    SELECT d.tenant_id, d.device_id, d.register, d.service_point_id, d.day, c.closed_before, 0, d.quantity, 0, 0
    FROM counter c
    JOIN consumption_day d ON d.tenant_id = c.tenant_id AND d.device_id = c.device_id AND d.register = c.register
                          AND d.day >= (c.since AT TIME ZONE c.zone)::date) x
  GROUP BY tenant_id, device_id, register, service_point_id, day, closed_before
), hours AS (
  INSERT INTO consumption_hour (tenant_id, device_id, register, service_point_id, hour, quantity, covered_us, readings)
  SELECT tenant_id, device_id, register, service_point_id, hour, quantity, covered_us, readings
  FROM hourly
  ON CONFLICT (tenant_id, device_id, register, hour, service_point_id)
  DO UPDATE SET quantity = excluded.quantity, covered_us = excluded.covered_us, readings = excluded.readings
), days AS (
  INSERT INTO consumption_day (tenant_id, device_id, register, service_point_id, day, quantity, covered_us, readings)
  SELECT tenant_id, device_id, register, service_point_id, day, quantity, covered_us, readings
  FROM daily
  ON CONFLICT (tenant_id, device_id, register, day, service_point_id)
  DO UPDATE SET quantity = excluded.quantity, covered_us = excluded.covered_us, readings = excluded.readings
), corrections AS (
  INSERT INTO consumption_correction (tenant_id, device_id, register, service_point_id, day, quantity, found_at)
  SELECT tenant_id, device_id, register, service_point_id, day, quantity - was, $6::timestamptz
  FROM daily
  WHERE day < closed_before AND quantity <> was
), revised AS (
  UPDATE meter_reading r SET quality = (j.v).quality, finding = (j.v).finding
  FROM judged j
  WHERE j.base IS NOT TRUE AND (j.quality, j.finding) IS DISTINCT FROM ((j.v).quality, (j.v).finding)
    AND r.tenant_id = j.tenant_id AND r.device_id = j.device_id AND r.register = j.register
    AND r.read_at = j.read_at AND r.event_id = j.event_id
  RETURNING 1
), begun AS (
  INSERT INTO meter_anomaly (tenant_id, device_id, register, event_id, read_at, value, finding, found_at)
  SELECT j.tenant_id, j.device_id, j.register, j.event_id, j.read_at, j.value, (j.v).finding, $6::timestamptz
  FROM judged j
  JOIN meter_state s ON s.tenant_id = j.tenant_id AND s.device_id = j.device_id AND s.register = j.register
  WHERE j.last AND (j.v).quality = 'SUSPECT' AND s.suspect_since IS NULL
), over AS (
  UPDATE meter_anomaly a SET ended_at = $6::timestamptz
  FROM judged j
  WHERE j.last AND (j.v).quality <> 'SUSPECT' AND a.ended_at IS NULL
    AND a.tenant_id = j.tenant_id AND a.device_id = j.device_id AND a.register = j.register
), charges AS (
  -- Whoever pays for it is charged anew from there.
  UPDATE meter_balance b
  SET rerate_from = CASE WHEN b.unpriced_since <= $3::timestamptz THEN b.rerate_from ELSE least(b.rerate_from, $3::timestamptz) END
  FROM (SELECT DISTINCT tenant_id, service_point_id, register FROM line) l
  WHERE b.tenant_id = l.tenant_id AND b.point_id = l.service_point_id AND b.register = l.register AND b.plan_id IS NOT NULL
), moved AS (
  UPDATE meter_state s
  SET base_at = CASE WHEN (j.v).installation_id IS NOT DISTINCT FROM s.installation_id THEN (j.v).base_at END,
      base_value = CASE WHEN (j.v).installation_id IS NOT DISTINCT FROM s.installation_id THEN (j.v).base_value END,
      newest_at = j.read_at,
      suspect_since = CASE WHEN (j.v).quality = 'SUSPECT' THEN coalesce(s.suspect_since, j.read_at) END
  FROM judged j
  WHERE j.last AND s.tenant_id = j.tenant_id AND s.device_id = j.device_id AND s.register = j.register
)
SELECT count(*)::int AS judged, (SELECT count(*) FROM revised)::int AS revised
FROM judged
