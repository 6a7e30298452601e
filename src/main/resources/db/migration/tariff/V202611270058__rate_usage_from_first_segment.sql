-- The same lines by another way: with the segments joined by a range, the plan made while they were few (a merge join over
-- all segments of a plan) stayed with prepared statements when they were many, at twenty times the cost.
-- Rates a batch of usages, one statement for all: the twin of cloud.wuye.tariff.rating.RateUsage, held to it by a property.
-- A usage names its meter; the counts of a meter's tiers run on from usage to usage of the batch. used_month and used_year:
-- what stood on the counts when the meter's earliest usage of the batch began (repeat it on each). counter: the kind of hours
-- that a counter of its own has counted, or null for the total counter.
-- A meter with a usage that has no price at some time, or takes back, is not rated: each of its usages comes back as one line
-- without a version, for the slower way.
CREATE OR REPLACE FUNCTION rate_usage(
  tenants uuid[], meters uuid[], plans uuid[], froms timestamptz[], tos timestamptz[], quantities numeric[], counters text[],
  used_months numeric[], used_years numeric[])
RETURNS TABLE (
  usage int, line int, from_at timestamptz, to_at timestamptz, version_id uuid, number int, tier int, period text, quantity numeric,
  used_before numeric, energy_price numeric, service_price numeric, energy_amount numeric, service_amount numeric)
LANGUAGE sql STABLE AS $$
  WITH given AS MATERIALIZED (
    SELECT i::int AS i, t AS tenant_id, m AS meter, p AS plan_id, f AS given_from, e AS until,
           CASE WHEN f = e THEN e - interval '1 microsecond' ELSE f END AS since,
           q AS quantity, q * 10000 AS q4, c AS counter, um AS used_month, uy AS used_year
    FROM unnest(tenants, meters, plans, froms, tos, quantities, counters, used_months, used_years)
         WITH ORDINALITY AS g (t, m, p, f, e, q, c, um, uy, i)
  ), begun AS MATERIALIZED (
    -- The segment in which a usage begins: one step down the index, which a limit leaves the planner no choice about. Most
    -- usages end in it.
    SELECT g.*, s.version_id, s.number, s.flat, s.tiers, s.month_at, s.year_at, s.period, s.to_at AS segment_to
    FROM given g
    JOIN LATERAL (
      SELECT * FROM tariff_segment s
      WHERE s.tenant_id = g.tenant_id AND s.plan_id = g.plan_id AND s.from_at <= g.since
      ORDER BY s.from_at DESC LIMIT 1) s ON s.to_at > g.since
    WHERE g.quantity >= 0
  ), touched AS MATERIALIZED (
    SELECT i, tenant_id, meter, since, until, q4, quantity, counter, used_month, used_year, version_id, number, flat, tiers,
           month_at, year_at, period, since AS part_from, least(segment_to, until) AS part_to
    FROM begun
    UNION ALL
    SELECT g.i, g.tenant_id, g.meter, g.since, g.until, g.q4, g.quantity, g.counter, g.used_month, g.used_year, s.version_id,
           s.number, s.flat, s.tiers, s.month_at, s.year_at, s.period, s.from_at, least(s.to_at, g.until)
    FROM begun g
    JOIN LATERAL (
      SELECT * FROM tariff_segment s
      WHERE s.tenant_id = g.tenant_id AND s.plan_id = g.plan_id AND s.from_at >= g.segment_to AND s.from_at < g.until
      ORDER BY s.from_at OFFSET 0) s ON true
    WHERE g.segment_to < g.until
  ), part AS (
    -- Of a counter of its own the segments of one version and month are one part.
    SELECT i, tenant_id, meter, since, until, q4, quantity, counter, used_month, used_year, version_id, number, tiers, month_at,
           year_at, CASE WHEN counter IS NULL OR flat THEN period ELSE counter END AS period,
           part_from, part_to, extract(epoch FROM part_to - part_from) AS covered
    FROM touched WHERE counter IS NULL
    UNION ALL
    SELECT i, tenant_id, meter, since, until, q4, quantity, counter, used_month, used_year, version_id, number, tiers, month_at,
           year_at, CASE WHEN flat THEN period ELSE counter END, min(part_from), max(part_to),
           sum(extract(epoch FROM part_to - part_from))
    FROM touched WHERE counter IS NOT NULL
    GROUP BY i, tenant_id, meter, since, until, q4, quantity, counter, used_month, used_year, version_id, number, tiers, month_at,
             year_at, CASE WHEN flat THEN period ELSE counter END
  ), sized AS (
    -- What was used by an edge, half up to 4 decimals; in whole numbers, for numeric division is not exact.
    SELECT p.*,
           CASE WHEN part_from = since AND part_to = until THEN quantity
                ELSE (div(2 * q4 * tariff_micros(part_to - since) + tariff_micros(until - since), 2 * tariff_micros(until - since))
                      - div(2 * q4 * tariff_micros(part_from - since) + tariff_micros(until - since), 2 * tariff_micros(until - since))) / 10000 END AS share
    FROM part p
  ), unrated AS MATERIALIZED (
    SELECT DISTINCT tenant_id, meter FROM (
      SELECT g.tenant_id, g.meter
      FROM given g LEFT JOIN (SELECT i, sum(covered) AS covered FROM part GROUP BY i) c ON c.i = g.i
      WHERE g.quantity < 0 OR c.covered IS DISTINCT FROM extract(epoch FROM g.until - g.since)
      UNION ALL
      SELECT s.tenant_id, s.meter FROM sized s
      WHERE s.counter IS NOT NULL AND s.share > 0 AND NOT EXISTS (
        SELECT 1 FROM tariff_rate r WHERE r.tenant_id = s.tenant_id AND r.version_id = s.version_id AND r.period = s.period)) u
  ), placed AS (
    SELECT s.*, tariff_period_rank(period) AS rank,
           CASE tiers
             WHEN 'MONTH' THEN coalesce(sum(share) OVER (month ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
                  + CASE WHEN month_at = min(month_at) OVER meter THEN used_month ELSE 0 END
             WHEN 'YEAR' THEN coalesce(sum(share) OVER (year ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
                  + CASE WHEN year_at = min(year_at) OVER meter THEN used_year ELSE 0 END
             ELSE 0 END AS start
    FROM sized s
    WINDOW meter AS (PARTITION BY tenant_id, meter),
           month AS (PARTITION BY tenant_id, meter, month_at ORDER BY part_from, tariff_period_rank(period), i),
           year AS (PARTITION BY tenant_id, meter, year_at ORDER BY part_from, tariff_period_rank(period), i)
  ), filled AS (
    SELECT p.*, r.tier, r.energy_price, r.service_price,
           greatest(p.start, r.tier_from) AS lower, least(p.start + p.share, r.tier_to) AS upper
    FROM placed p
    JOIN tariff_rate r ON r.tenant_id = p.tenant_id AND r.version_id = p.version_id AND r.period = p.period
         AND r.tier_from < p.start + p.share AND (r.tier_to IS NULL OR r.tier_to > p.start)
    WHERE p.share > 0 AND NOT EXISTS (SELECT 1 FROM unrated u WHERE u.tenant_id = p.tenant_id AND u.meter = p.meter)
  )
  SELECT i, (row_number() OVER (PARTITION BY i ORDER BY part_from, rank, lower))::int,
         CASE WHEN lower = start THEN part_from
              ELSE part_from + interval '1 microsecond' * div((lower - start) * tariff_micros(part_to - part_from), share)::float8 END,
         CASE WHEN upper = start + share THEN part_to
              ELSE part_from + interval '1 microsecond' * div((upper - start) * tariff_micros(part_to - part_from), share)::float8 END,
         version_id, number, tier, period, upper - lower, lower, energy_price, service_price,
         round((upper - lower) * energy_price, 6), round((upper - lower) * service_price, 6)
  FROM filled
  UNION ALL
  SELECT g.i, 1, g.given_from, g.until, null, null, null, null, g.quantity, null, null, null, null, null
  FROM given g JOIN unrated u ON u.tenant_id = g.tenant_id AND u.meter = g.meter
$$;
