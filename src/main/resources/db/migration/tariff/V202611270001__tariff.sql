-- What a unit of electricity or water costs: a plan is a name, its versions say the prices.
CREATE TABLE tariff_plan (
  id         uuid        PRIMARY KEY,
  tenant_id  uuid        NOT NULL,
  name       text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  commodity  text        NOT NULL CHECK (commodity IN ('ELECTRICITY', 'WATER')),
  currency   text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  version    int         NOT NULL DEFAULT 0,
  laid_out_until timestamptz,                      -- how far its segments go; null while nothing is published
  created_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, name)
);
CREATE INDEX tariff_plan_list ON tariff_plan (tenant_id, created_at, id);
CREATE INDEX tariff_plan_ahead ON tariff_plan (laid_out_until) WHERE laid_out_until IS NOT NULL;
CALL fence('tariff_plan');

-- A published version keeps its terms for ever. Published versions of a plan do not overlap.
CREATE TABLE tariff_version (
  id           uuid        PRIMARY KEY,
  tenant_id    uuid        NOT NULL,
  plan_id      uuid        NOT NULL,
  number       int         NOT NULL,
  status       text        NOT NULL CHECK (status IN ('DRAFT', 'PUBLISHED', 'WITHDRAWN')),
  valid_from   date        NOT NULL,
  valid_to     date        CHECK (valid_to > valid_from),
  ended_by     uuid,                               -- the version that took its place; null when a person ended it
  calendar_id  uuid,                               -- whose days were copied
  terms        jsonb       NOT NULL,
  version      int         NOT NULL DEFAULT 0,
  created_at   timestamptz NOT NULL,
  published_at timestamptz,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, plan_id, number),
  FOREIGN KEY (tenant_id, plan_id) REFERENCES tariff_plan (tenant_id, id),
  CHECK ((status = 'DRAFT') = (published_at IS NULL))
);
CALL fence('tariff_version');

-- What a published version charges in each tier and kind of hours: made from its terms, for statements.
CREATE TABLE tariff_rate (
  tenant_id     uuid          NOT NULL,
  version_id    uuid          NOT NULL,
  period        text          NOT NULL,
  tier          int           NOT NULL,
  tier_from     numeric(18,4) NOT NULL,
  tier_to       numeric(18,4),
  energy_price  numeric(18,6) NOT NULL,
  service_price numeric(18,6) NOT NULL,
  PRIMARY KEY (tenant_id, version_id, period, tier),
  FOREIGN KEY (tenant_id, version_id) REFERENCES tariff_version (tenant_id, id)
);
CALL fence('tariff_rate');

-- The published versions of a plan laid out over time, months ahead: at which instants which version and kind of hours.
CREATE TABLE tariff_segment (
  tenant_id  uuid        NOT NULL,
  plan_id    uuid        NOT NULL,
  from_at    timestamptz NOT NULL,
  to_at      timestamptz NOT NULL,
  version_id uuid        NOT NULL,
  number     int         NOT NULL,
  period     text        NOT NULL,
  flat       boolean     NOT NULL,                 -- counters of kinds of hours all cost what the segment does
  tiers      text        CHECK (tiers IN ('MONTH', 'YEAR')),
  month_at   timestamptz NOT NULL,                 -- when its local month began
  year_at    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, plan_id, from_at),
  FOREIGN KEY (tenant_id, plan_id) REFERENCES tariff_plan (tenant_id, id),
  FOREIGN KEY (tenant_id, version_id) REFERENCES tariff_version (tenant_id, id),
  CHECK (from_at < to_at)
);
CALL fence('tariff_segment');

CREATE FUNCTION tariff_period_rank(period text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_position(ARRAY['ALL_DAY', 'SHARP', 'PEAK', 'FLAT', 'VALLEY', 'DEEP_VALLEY'], period)
$$;
GRANT EXECUTE ON FUNCTION tariff_period_rank TO wuye_app, wuye_cross;

CREATE FUNCTION tariff_micros(span interval) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT extract(epoch FROM span) * 1000000
$$;
GRANT EXECUTE ON FUNCTION tariff_micros TO wuye_app, wuye_cross;

-- Rates a batch of usages, one statement for all: the twin of cloud.wuye.tariff.rating.RateUsage, held to it by a property.
-- A usage names its meter; the counts of a meter's tiers run on from usage to usage of the batch. used_month and used_year:
-- what stood on the counts when the meter's earliest usage of the batch began (repeat it on each). counter: the kind of hours
-- that a counter of its own has counted, or null for the total counter.
-- A meter with a usage that has no price at some time, or takes back, is not rated: each of its usages comes back as one line
-- without a version, for the slower way.
CREATE FUNCTION rate_usage(
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
  ), touched AS (
    SELECT g.*, s.version_id, s.number, s.flat, s.tiers, s.month_at, s.year_at, s.period,
           greatest(s.from_at, g.since) AS part_from, least(s.to_at, g.until) AS part_to
    FROM given g
    JOIN LATERAL (
      SELECT * FROM tariff_segment s
      WHERE s.tenant_id = g.tenant_id AND s.plan_id = g.plan_id AND s.from_at < g.until
        AND s.from_at >= (SELECT max(f.from_at) FROM tariff_segment f
                          WHERE f.tenant_id = g.tenant_id AND f.plan_id = g.plan_id AND f.from_at <= g.since)
        AND s.to_at > g.since) s ON true
    WHERE g.quantity >= 0
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
GRANT EXECUTE ON FUNCTION rate_usage TO wuye_app, wuye_cross;
