-- Stores a batch of readings: judges them, keeps them, moves the roll-ups and the counters' state. The counters are held
-- (hold-counters.sql) and the batch holds no message twice.
WITH arrived AS (
  -- What is not stored yet. A trusted reading newer than all stored ones cannot be; an older one is found by the key. When
  -- the clock was not believed, the time of reading was that of arrival and may differ: then the message's id decides.
  SELECT a.*, s.installation_id, s.service_point_id, s.in_service, s.factor, s.capacity, s.max_per_hour, s.zone,
         s.base_at, s.base_value, s.newest_at, s.closed_before, s.suspect_since
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::numeric[], $6::timestamptz[], $7::timestamptz[],
              $8::timestamptz[], $9::boolean[], $10::text[], $14::text[])
       AS a (tenant_id, device_id, register, event_id, value, read_at, received_at, device_time, clock_doubted, source, reason)
  JOIN meter_state s ON s.tenant_id = a.tenant_id AND s.device_id = a.device_id AND s.register = a.register
  WHERE (s.newest_at IS NULL OR a.read_at > s.newest_at
         OR NOT EXISTS (SELECT FROM meter_reading r
                        WHERE r.tenant_id = a.tenant_id AND r.device_id = a.device_id AND r.register = a.register
                          AND r.read_at = a.read_at AND r.event_id = a.event_id))
    AND NOT (s.clock_doubted
         AND EXISTS (SELECT FROM meter_reading r
                     WHERE r.tenant_id = a.tenant_id AND r.device_id = a.device_id AND r.register = a.register
                       AND r.event_id = a.event_id AND r.clock_doubted))
    AND NOT (a.clock_doubted
         AND EXISTS (SELECT FROM meter_reading r
                     WHERE r.tenant_id = a.tenant_id AND r.device_id = a.device_id AND r.register = a.register
                       AND r.read_at = a.device_time AND r.event_id = a.event_id))
), seen AS (
  SELECT *, lag(read_at, 1, base_at) OVER counter AS from_at, lag(value, 1, base_value) OVER counter AS from_value,
         lead(event_id) OVER counter IS NULL AS last
  FROM arrived
  WINDOW counter AS (PARTITION BY tenant_id, device_id, register ORDER BY read_at, event_id)
), sorted AS (
  -- A counter is plain when all that came is newer than what is stored and follows on as it should: nearly always.
  SELECT *, bool_and(in_service AND (newest_at IS NULL OR read_at > newest_at)
                     AND (from_value IS NULL
                          OR (value >= from_value
                              AND (value - from_value) * 3600 <= max_per_hour * (extract(epoch FROM read_at - from_at) + 60))))
            OVER (PARTITION BY tenant_id, device_id, register) AS plain,
         bool_or(clock_doubted) OVER (PARTITION BY tenant_id, device_id, register) AS doubted
  FROM seen
), odd AS (
  -- All others are judged anew, together with the stored readings round them.
  SELECT tenant_id, device_id, register, zone, capacity, max_per_hour, closed_before, suspect_since, bool_or(read_at <= newest_at) AS late,
         min(read_at) AS since,
         CASE WHEN bool_or(read_at <= newest_at) THEN min(read_at) - interval '1 microsecond' ELSE base_at END AS base_until
  FROM sorted
  WHERE NOT plain
  GROUP BY tenant_id, device_id, register, zone, capacity, max_per_hour, closed_before, suspect_since, base_at
), line AS (
  SELECT x.*, i.id AS installation_id, coalesce(i.service_point_id, x.device_id) AS service_point_id,
         coalesce(i.factor, 1) AS factor, coalesce(i.capacity, $11::numeric) AS capacity,
         coalesce(i.max_per_hour, $12::numeric) AS max_per_hour, coalesce(i.in_service, true) AS in_service
  FROM (
    SELECT o.tenant_id, o.device_id, o.register, o.zone, o.closed_before, o.suspect_since, b.event_id, b.read_at, b.value, b.quality, b.finding, true AS kept, true AS base,
           NULL::timestamptz AS received_at, NULL::timestamptz AS device_time, NULL AS source, false AS clock_doubted, NULL AS reason
    FROM odd o
    CROSS JOIN LATERAL (
      SELECT r.event_id, r.read_at, r.value, r.quality, r.finding
      FROM meter_reading r
      WHERE r.tenant_id = o.tenant_id AND r.device_id = o.device_id AND r.register = o.register
        AND r.read_at <= o.base_until AND r.quality = 'VALID'
      ORDER BY r.read_at DESC, r.event_id DESC
      LIMIT 1) b
    UNION ALL
    SELECT o.tenant_id, o.device_id, o.register, o.zone, o.closed_before, o.suspect_since, r.event_id, r.read_at, r.value, r.quality, r.finding, true, false,
           NULL, NULL, NULL, false, NULL
    FROM odd o
    JOIN meter_reading r ON r.tenant_id = o.tenant_id AND r.device_id = o.device_id AND r.register = o.register
                        AND r.read_at >= o.since AND r.quality <> 'REJECTED'
    WHERE o.late
    UNION ALL
    SELECT tenant_id, device_id, register, zone, closed_before, suspect_since, event_id, read_at, value, NULL, NULL, false, false,
           received_at, device_time, source, clock_doubted, reason
    FROM sorted
    WHERE NOT plain) x
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
         bool_or(clock_doubted) OVER (PARTITION BY tenant_id, device_id, register) AS doubted,
         meter_judgement(read_at, value, installation_id, in_service, factor, capacity, max_per_hour)
           OVER (PARTITION BY tenant_id, device_id, register ORDER BY read_at, event_id ROWS UNBOUNDED PRECEDING) AS v
  FROM line
  WINDOW counter AS (PARTITION BY tenant_id, device_id, register ORDER BY read_at, event_id)
), before AS (
  SELECT line.*, meter_judgement(read_at, value, installation_id, in_service, factor, capacity, max_per_hour)
           OVER (PARTITION BY tenant_id, device_id, register ORDER BY read_at, event_id ROWS UNBOUNDED PRECEDING) AS v
  FROM line
  WHERE kept AND quality = 'VALID'
), changed AS (
  -- Intervals that come (+1) and go (-1).
  SELECT tenant_id, device_id, register, zone, closed_before, service_point_id, from_at, read_at AS to_at,
         round((value - from_value) * factor, 4) AS quantity, 1 AS sign, true AS plain
  FROM sorted
  WHERE plain AND from_at IS NOT NULL
  UNION ALL
  SELECT tenant_id, device_id, register, zone, closed_before, service_point_id, from_at, to_at, quantity, sum(sign)::int, false
  FROM (
    SELECT tenant_id, device_id, register, zone, closed_before, service_point_id, (v).from_at, read_at AS to_at, (v).quantity, 1 AS sign
    FROM judged
    UNION ALL
    SELECT tenant_id, device_id, register, zone, closed_before, service_point_id, (v).from_at, read_at, (v).quantity, -1
    FROM before) x
  WHERE from_at IS NOT NULL
  GROUP BY tenant_id, device_id, register, zone, closed_before, service_point_id, from_at, to_at, quantity
  HAVING sum(sign) <> 0
), share AS (
  -- Nearly every interval lies inside one hour: the others are spread by time.
  SELECT tenant_id, device_id, register, zone, closed_before, service_point_id,
         date_trunc('hour', to_at - interval '1 microsecond', zone) AS hour, sign * quantity AS quantity,
         sign * (extract(epoch FROM to_at - from_at) * 1000000)::bigint AS covered_us, sign AS readings
  FROM changed
  WHERE from_at >= date_trunc('hour', to_at - interval '1 microsecond', zone)
  UNION ALL
  SELECT tenant_id, device_id, register, zone, closed_before, service_point_id,
         s.hour, sign * s.share, sign * s.covered_us, sign * s.readings
  FROM changed
  CROSS JOIN LATERAL meter_shares(from_at, to_at, quantity, zone) s
  WHERE from_at < date_trunc('hour', to_at - interval '1 microsecond', zone)
), hourly AS (
  SELECT tenant_id, device_id, register, service_point_id, hour, (hour AT TIME ZONE zone)::date AS day, closed_before,
         sum(quantity) AS quantity, sum(covered_us)::bigint AS covered_us, sum(readings)::int AS readings
  FROM share
  GROUP BY tenant_id, device_id, register, service_point_id, hour, zone, closed_before
), daily AS (
  SELECT tenant_id, device_id, register, service_point_id, day, closed_before,
         sum(quantity) AS quantity, sum(covered_us)::bigint AS covered_us, sum(readings)::int AS readings
  FROM hourly
  GROUP BY tenant_id, device_id, register, service_point_id, day, closed_before
), hours AS (
  INSERT INTO consumption_hour AS c (tenant_id, device_id, register, service_point_id, hour, quantity, covered_us, readings)
  SELECT tenant_id, device_id, register, service_point_id, hour, quantity, covered_us, readings
  FROM hourly
  ON CONFLICT (tenant_id, device_id, register, hour, service_point_id)
  DO UPDATE SET quantity = c.quantity + excluded.quantity, covered_us = c.covered_us + excluded.covered_us,
                readings = c.readings + excluded.readings
), days AS (
  INSERT INTO consumption_day AS c (tenant_id, device_id, register, service_point_id, day, quantity, covered_us, readings)
  SELECT tenant_id, device_id, register, service_point_id, day, quantity, covered_us, readings
  FROM daily
  ON CONFLICT (tenant_id, device_id, register, day, service_point_id)
  DO UPDATE SET quantity = c.quantity + excluded.quantity, covered_us = c.covered_us + excluded.covered_us,
                readings = c.readings + excluded.readings
), corrections AS (
  INSERT INTO consumption_correction (tenant_id, device_id, register, service_point_id, day, quantity, found_at)
  SELECT tenant_id, device_id, register, service_point_id, day, quantity, $13::timestamptz
  FROM daily
  WHERE day < closed_before AND quantity <> 0
), kept AS (
  INSERT INTO meter_reading (tenant_id, device_id, register, read_at, event_id, value, received_at, device_time, source,
                             quality, finding, clock_doubted, reason)
  SELECT tenant_id, device_id, register, read_at, event_id, value, received_at, nullif(device_time, read_at), source,
         'VALID', NULL, clock_doubted, reason
  FROM sorted
  WHERE plain
  UNION ALL
  SELECT tenant_id, device_id, register, read_at, event_id, value, received_at, nullif(device_time, read_at), source,
         (v).quality, (v).finding, clock_doubted, reason
  FROM judged
  WHERE NOT kept
), revised AS (
  UPDATE meter_reading r SET quality = (j.v).quality, finding = (j.v).finding
  FROM judged j
  WHERE j.kept AND NOT j.base AND (j.quality, j.finding) IS DISTINCT FROM ((j.v).quality, (j.v).finding)
    AND r.tenant_id = j.tenant_id AND r.device_id = j.device_id AND r.register = j.register
    AND r.read_at = j.read_at AND r.event_id = j.event_id
  RETURNING 1
), charge AS MATERIALIZED (
  -- What somebody pays for. It is charged here where it goes on from what is charged already: nearly always. The rest is
  -- charged anew by whoever comes for rerate_from (rerate-account.sql), this or the next second.
  SELECT c.tenant_id, c.service_point_id AS point_id, c.device_id, c.zone, c.from_at AS since, c.to_at AS until, c.quantity,
         b.plan_id, b.month_used, b.year_used, b.unpriced_since,
         -- A usage without length, just where the tiers began anew, belongs to the time before it.
         bool_and(c.plain AND c.device_id = b.device_id AND (c.from_at < c.to_at OR c.from_at > b.month_at)) OVER point
           AND min(c.from_at) OVER point = b.charged_until AND b.rerate_from IS NULL AND b.unpriced_since IS NULL AS follows
  FROM changed c
  JOIN meter_balance b ON b.tenant_id = c.tenant_id AND b.point_id = c.service_point_id AND b.register = c.register
                      AND b.plan_id IS NOT NULL AND c.to_at > b.starts_at
  WINDOW point AS (PARTITION BY c.tenant_id, c.service_point_id)
), following AS MATERIALIZED (
  SELECT *, row_number() OVER (ORDER BY tenant_id, point_id, until, since) AS i,
         date_trunc('month', reached, zone) AS month_at, date_trunc('year', reached, zone) AS year_at
  FROM (SELECT *, max(until) OVER (PARTITION BY tenant_id, point_id) AS reached FROM charge WHERE follows) f
), rated AS MATERIALIZED (
  -- What a line belongs to is taken out of the columns by its number: the planner, who takes a batch for two rows, would make
  -- any join a loop over the batch squared.
  SELECT l.*, row_number() OVER (PARTITION BY tenant_id, point_id, until ORDER BY usage, line)::int AS no
  FROM (
    SELECT g.tenants[r.usage] AS tenant_id, g.points[r.usage] AS point_id, g.devices[r.usage] AS device_id,
           g.froms[r.usage] AS since, g.tos[r.usage] AS until, g.reached[r.usage] AS reached, g.month_ats[r.usage] AS month_at,
           g.year_ats[r.usage] AS year_at, r.*
    FROM (
      SELECT array_agg(tenant_id ORDER BY i) AS tenants, array_agg(point_id ORDER BY i) AS points, array_agg(plan_id ORDER BY i) AS plans,
             array_agg(device_id ORDER BY i) AS devices, array_agg(since ORDER BY i) AS froms, array_agg(until ORDER BY i) AS tos,
             array_agg(quantity ORDER BY i) AS quantities, array_agg(NULL::text ORDER BY i) AS counters,
             array_agg(month_used ORDER BY i) AS months, array_agg(year_used ORDER BY i) AS years,
             array_agg(reached ORDER BY i) AS reached, array_agg(month_at ORDER BY i) AS month_ats, array_agg(year_at ORDER BY i) AS year_ats
      FROM following) g
    CROSS JOIN LATERAL rate_usage(g.tenants, g.points, g.plans, g.froms, g.tos, g.quantities, g.counters, g.months, g.years) r
    -- Else the columns themselves would go through the sort, once with every line.
    OFFSET 0) l
), lines AS (
  INSERT INTO rated_line (tenant_id, point_id, device_id, version_id, since, until, from_at, to_at, rated_at, revision, no, sign,
                          tier, period, quantity, used_before, energy_price, service_price, energy_amount, service_amount)
  SELECT tenant_id, point_id, device_id, version_id, since, until, from_at, to_at, $13::timestamptz, 0, no, 1,
         tier, period, quantity, used_before, energy_price, service_price, energy_amount, service_amount
  FROM rated
  WHERE version_id IS NOT NULL
), drawn AS (
  UPDATE meter_balance b
  SET credit = b.credit - CASE WHEN b.in_quantity THEN x.quantity ELSE x.energy + x.service END,
      look_at = CASE WHEN b.credit - CASE WHEN b.in_quantity THEN x.quantity ELSE x.energy + x.service END < b.look_below
                THEN least(b.look_at, $13::timestamptz) ELSE b.look_at END,
      charged_until = coalesce(x.reached, b.charged_until),
      rerate_from = CASE WHEN x.odd_since IS NULL THEN b.rerate_from ELSE least(b.rerate_from, x.odd_since) END,
      month_at = coalesce(x.month_at, b.month_at),
      month_used = CASE WHEN x.month_at IS NULL OR x.month_at = b.month_at THEN b.month_used ELSE 0 END + x.in_month,
      year_at = coalesce(x.year_at, b.year_at),
      year_used = CASE WHEN x.year_at IS NULL OR x.year_at = b.year_at THEN b.year_used ELSE 0 END + x.in_year,
      unposted_quantity = b.unposted_quantity + x.quantity,
      unposted_energy = b.unposted_energy + x.energy,
      unposted_service = b.unposted_service + x.service
  FROM (
    SELECT tenant_id, point_id, reached, month_at, year_at, NULL::timestamptz AS odd_since,
           sum(quantity) AS quantity, sum(energy) AS energy, sum(service) AS service,
           coalesce(sum(quantity) FILTER (WHERE from_at >= month_at), 0) AS in_month,
           coalesce(sum(quantity) FILTER (WHERE from_at >= year_at), 0) AS in_year
    FROM (
      SELECT tenant_id, point_id, reached, month_at, year_at, from_at, quantity, energy_amount AS energy, service_amount AS service,
             version_id IS NOT NULL AS priced
      FROM rated
      UNION ALL
      -- Where nothing was used there is no line, but it is charged all the same.
      SELECT tenant_id, point_id, reached, month_at, year_at, until, 0, 0, 0, true
      FROM following) l
    GROUP BY tenant_id, point_id, reached, month_at, year_at
    HAVING bool_and(priced)
    UNION ALL
    -- There is no price, or it does not follow on.
    SELECT tenant_id, point_id, NULL, NULL, NULL, min(since), 0, 0, 0, 0, 0
    FROM (
      SELECT tenant_id, point_id, since FROM charge
      WHERE NOT follows AND (unpriced_since IS NULL OR since < unpriced_since)
      UNION ALL
      SELECT tenant_id, point_id, since FROM rated WHERE version_id IS NULL) o
    GROUP BY tenant_id, point_id) x
  WHERE b.tenant_id = x.tenant_id AND b.point_id = x.point_id
), outcome AS (
  -- Where each counter stands now; one whose newest reading is not believed is an anomaly until a later one is.
  SELECT tenant_id, device_id, register, read_at AS base_at, value AS base_value, read_at AS newest_at, doubted,
         installation_id AS base_in, suspect_since, false AS suspect
  FROM sorted
  WHERE plain AND last
  UNION ALL
  SELECT tenant_id, device_id, register, (v).base_at, (v).base_value, read_at, doubted, (v).installation_id,
         suspect_since, (v).quality = 'SUSPECT'
  FROM judged
  WHERE last
), begun AS (
  INSERT INTO meter_anomaly (tenant_id, device_id, register, event_id, read_at, value, finding, found_at, ended_at)
  SELECT DISTINCT ON (j.tenant_id, j.device_id, j.register) j.tenant_id, j.device_id, j.register, j.event_id, j.read_at,
         j.value, (j.v).finding, $13::timestamptz, CASE WHEN NOT o.suspect THEN $13::timestamptz END
  FROM judged j
  JOIN outcome o ON o.tenant_id = j.tenant_id AND o.device_id = j.device_id AND o.register = j.register
  WHERE (j.v).quality = 'SUSPECT' AND (NOT j.kept OR j.last) AND o.suspect_since IS NULL
  ORDER BY j.tenant_id, j.device_id, j.register, j.read_at, j.event_id
), over AS (
  UPDATE meter_anomaly a SET ended_at = $13::timestamptz
  FROM outcome o
  WHERE o.suspect_since IS NOT NULL AND NOT o.suspect AND a.ended_at IS NULL
    AND a.tenant_id = o.tenant_id AND a.device_id = o.device_id AND a.register = o.register
), moved AS (
  UPDATE meter_state s
  SET base_at = CASE WHEN x.base_in IS NOT DISTINCT FROM s.installation_id THEN x.base_at END,
      base_value = CASE WHEN x.base_in IS NOT DISTINCT FROM s.installation_id THEN x.base_value END,
      newest_at = greatest(s.newest_at, x.newest_at),
      clock_doubted = s.clock_doubted OR x.doubted,
      suspect_since = CASE WHEN x.suspect THEN coalesce(s.suspect_since, x.newest_at) END
  FROM outcome x
  WHERE s.tenant_id = x.tenant_id AND s.device_id = x.device_id AND s.register = x.register
)
SELECT (SELECT count(*) FROM arrived)::int AS stored,
       (SELECT count(*) FROM revised)::int AS revised,
       (SELECT jsonb_agg(jsonb_build_object('device', device_id, 'register', register, 'at', read_at, 'finding', (v).finding))
        FROM judged WHERE NOT kept AND (v).quality = 'SUSPECT') AS suspects
