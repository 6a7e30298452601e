-- Stores a batch of plain readings, judged and rated already, and moves all that they move. The counters are held, and no
-- reading of the batch can be there: each is newer than all of its counter.
WITH kept AS (
  INSERT INTO meter_reading (tenant_id, device_id, register, read_at, event_id, value, received_at, device_time, source, quality, reason)
  SELECT tenant_id, device_id, register, read_at, event_id, value, received_at, device_time, source, 'VALID', reason
  FROM (SELECT unnest($1::uuid[]) AS tenant_id, unnest($2::uuid[]) AS device_id, unnest($3::text[]) AS register,
               unnest($4::timestamptz[]) AS read_at, unnest($5::uuid[]) AS event_id, unnest($6::numeric[]) AS value,
               unnest($7::timestamptz[]) AS received_at, unnest($8::timestamptz[]) AS device_time,
               unnest($9::text[]) AS source, unnest($10::text[]) AS reason) a
), moved AS (
  UPDATE meter_state s
  SET base_at = a.base_at, base_value = a.base_value, newest_at = a.base_at, open_hour = a.hour, open_quantity = a.quantity,
      open_covered_us = a.covered_us, open_readings = a.readings
  FROM (SELECT unnest($11::uuid[]) AS tenant_id, unnest($12::uuid[]) AS device_id, unnest($13::text[]) AS register,
               unnest($14::timestamptz[]) AS base_at, unnest($15::numeric[]) AS base_value, unnest($16::timestamptz[]) AS hour,
               unnest($17::numeric[]) AS quantity, unnest($18::bigint[]) AS covered_us, unnest($19::int[]) AS readings) a
  WHERE s.tenant_id = a.tenant_id AND s.device_id = a.device_id AND s.register = a.register
), hours AS (
  INSERT INTO consumption_hour AS c (tenant_id, device_id, register, service_point_id, hour, quantity, covered_us, readings)
  SELECT a.* FROM (SELECT unnest($20::uuid[]) AS tenant_id, unnest($21::uuid[]) AS device_id, unnest($22::text[]) AS register,
               unnest($23::uuid[]) AS service_point_id, unnest($24::timestamptz[]) AS hour, unnest($25::numeric[]) AS quantity,
               unnest($26::bigint[]) AS covered_us, unnest($27::int[]) AS readings) a
  ON CONFLICT (tenant_id, device_id, register, hour, service_point_id)
  DO UPDATE SET quantity = c.quantity + excluded.quantity, covered_us = c.covered_us + excluded.covered_us,
                readings = c.readings + excluded.readings
), days AS (
  INSERT INTO consumption_day AS c (tenant_id, device_id, register, service_point_id, day, quantity, covered_us, readings)
  SELECT a.* FROM (SELECT unnest($28::uuid[]) AS tenant_id, unnest($29::uuid[]) AS device_id, unnest($30::text[]) AS register,
               unnest($31::uuid[]) AS service_point_id, unnest($32::date[]) AS day, unnest($33::numeric[]) AS quantity,
               unnest($34::bigint[]) AS covered_us, unnest($35::int[]) AS readings) a
  ON CONFLICT (tenant_id, device_id, register, day, service_point_id)
  DO UPDATE SET quantity = c.quantity + excluded.quantity, covered_us = c.covered_us + excluded.covered_us,
                readings = c.readings + excluded.readings
), lines AS (
  INSERT INTO rated_line (tenant_id, point_id, device_id, version_id, since, until, from_at, to_at, rated_at, revision, no, sign,
                          tier, period, quantity, used_before, energy_price, service_price, energy_amount, service_amount)
  SELECT tenant_id, point_id, device_id, version_id, since, until, since, until, $36::timestamptz, 0, 1, 1,
         tier, period, quantity, used_before, energy_price, service_price, energy_amount, service_amount
  FROM (SELECT unnest($37::uuid[]) AS tenant_id, unnest($38::uuid[]) AS point_id, unnest($39::uuid[]) AS device_id,
               unnest($40::uuid[]) AS version_id, unnest($41::timestamptz[]) AS since, unnest($42::timestamptz[]) AS until,
               unnest($43::smallint[]) AS tier, unnest($44::text[]) AS period, unnest($45::numeric[]) AS quantity,
               unnest($46::numeric[]) AS used_before, unnest($47::numeric[]) AS energy_price,
               unnest($48::numeric[]) AS service_price, unnest($49::numeric[]) AS energy_amount,
               unnest($50::numeric[]) AS service_amount) a
)
UPDATE meter_balance b
SET credit = b.credit - CASE WHEN b.in_quantity THEN a.quantity ELSE a.energy + a.service END,
    look_at = CASE WHEN b.credit - CASE WHEN b.in_quantity THEN a.quantity ELSE a.energy + a.service END < b.look_below
              THEN least(b.look_at, $36::timestamptz) ELSE b.look_at END,
    charged_until = a.until,
    month_at = a.month_at,
    month_used = CASE WHEN a.month_at = b.month_at THEN b.month_used ELSE 0 END + a.quantity,
    year_at = a.year_at,
    year_used = CASE WHEN a.year_at = b.year_at THEN b.year_used ELSE 0 END + a.quantity,
    unposted_quantity = b.unposted_quantity + a.quantity,
    unposted_energy = b.unposted_energy + a.energy,
    unposted_service = b.unposted_service + a.service
FROM (SELECT unnest($51::uuid[]) AS tenant_id, unnest($52::uuid[]) AS point_id, unnest($53::timestamptz[]) AS until,
               unnest($54::timestamptz[]) AS month_at, unnest($55::timestamptz[]) AS year_at,
               unnest($56::numeric[]) AS quantity, unnest($57::numeric[]) AS energy, unnest($58::numeric[]) AS service) a
WHERE b.tenant_id = a.tenant_id AND b.point_id = a.point_id
