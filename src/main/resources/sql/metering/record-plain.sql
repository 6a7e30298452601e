-- Stores a batch of plain readings, judged and rated already, and moves all that they move. The counters are held, and no
-- reading of the batch can be there: each is newer than all of its counter. Their rows are where they were when they were locked.
WITH kept AS (
  INSERT INTO meter_reading (tenant_id, device_id, register, read_at, event_id, value, received_at, device_time, source, quality, reason)
  SELECT tenant_id, device_id, register, read_at, event_id, value, received_at, device_time, source, 'VALID', reason
  FROM (SELECT unnest($1::uuid[]) AS tenant_id, unnest($2::uuid[]) AS device_id, unnest($3::text[]) AS register,
               unnest($4::timestamptz[]) AS read_at, unnest($5::uuid[]) AS event_id, unnest($6::numeric[]) AS value,
               unnest($7::timestamptz[]) AS received_at, unnest($8::timestamptz[]) AS device_time,
               unnest($9::text[]) AS source, unnest($10::text[]) AS reason) a
), hours AS (
  INSERT INTO consumption_hour AS c (tenant_id, device_id, register, service_point_id, hour, quantity, covered_us, readings)
  SELECT unnest($18::uuid[]), unnest($19::uuid[]), unnest($20::text[]), unnest($21::uuid[]), unnest($22::timestamptz[]),
         unnest($23::numeric[]), unnest($24::bigint[]), unnest($25::int[])
  ON CONFLICT (tenant_id, device_id, register, hour, service_point_id)
  DO UPDATE SET quantity = c.quantity + excluded.quantity, covered_us = c.covered_us + excluded.covered_us,
                readings = c.readings + excluded.readings
), days AS (
  INSERT INTO consumption_day AS c (tenant_id, device_id, register, service_point_id, day, quantity, covered_us, readings)
  SELECT unnest($26::uuid[]), unnest($27::uuid[]), unnest($28::text[]), unnest($29::uuid[]), unnest($30::date[]),
         unnest($31::numeric[]), unnest($32::bigint[]), unnest($33::int[])
  ON CONFLICT (tenant_id, device_id, register, day, service_point_id)
  DO UPDATE SET quantity = c.quantity + excluded.quantity, covered_us = c.covered_us + excluded.covered_us,
                readings = c.readings + excluded.readings
), lines AS (
  INSERT INTO rated_line (tenant_id, point_id, device_id, version_id, since, until, from_at, to_at, rated_at, revision, no, sign,
                          tier, period, quantity, used_before, energy_price, service_price, energy_amount, service_amount)
  SELECT tenant_id, point_id, device_id, version_id, since, until, since, until, $34::timestamptz, 0, 1, 1,
         tier, period, quantity, used_before, energy_price, service_price, energy_amount, service_amount
  FROM (SELECT unnest($35::uuid[]) AS tenant_id, unnest($36::uuid[]) AS point_id, unnest($37::uuid[]) AS device_id,
               unnest($38::uuid[]) AS version_id, unnest($39::timestamptz[]) AS since, unnest($40::timestamptz[]) AS until,
               unnest($41::smallint[]) AS tier, unnest($42::text[]) AS period, unnest($43::numeric[]) AS quantity,
               unnest($44::numeric[]) AS used_before, unnest($45::numeric[]) AS energy_price,
               unnest($46::numeric[]) AS service_price, unnest($47::numeric[]) AS energy_amount,
               unnest($48::numeric[]) AS service_amount) a
), charged AS (
  UPDATE meter_balance b
  SET credit = b.credit - CASE WHEN b.in_quantity THEN a.quantity ELSE a.energy + a.service END,
      look_at = CASE WHEN b.credit - CASE WHEN b.in_quantity THEN a.quantity ELSE a.energy + a.service END < b.look_below
                THEN least(b.look_at, $34::timestamptz) ELSE b.look_at END,
      charged_until = a.until,
      month_at = a.month_at,
      month_used = CASE WHEN a.month_at = b.month_at THEN b.month_used ELSE 0 END + a.quantity,
      year_at = a.year_at,
      year_used = CASE WHEN a.year_at = b.year_at THEN b.year_used ELSE 0 END + a.quantity,
      unposted_quantity = b.unposted_quantity + a.quantity,
      unposted_energy = b.unposted_energy + a.energy,
      unposted_service = b.unposted_service + a.service
  FROM (SELECT unnest($49::uuid[]) AS tenant_id, unnest($50::uuid[]) AS point_id, unnest($51::timestamptz[]) AS until,
               unnest($52::timestamptz[]) AS month_at, unnest($53::timestamptz[]) AS year_at,
               unnest($54::numeric[]) AS quantity, unnest($55::numeric[]) AS energy, unnest($56::numeric[]) AS service) a
  WHERE b.tenant_id = a.tenant_id AND b.point_id = a.point_id
)
UPDATE meter_state s
SET base_at = a.base_at, base_value = a.base_value, newest_at = a.base_at, open_hour = a.hour, open_quantity = a.quantity,
    open_covered_us = a.covered_us, open_readings = a.readings
FROM (SELECT unnest($11::text[])::tid AS place, unnest($12::timestamptz[]) AS base_at,
             unnest($13::numeric[]) AS base_value, unnest($14::timestamptz[]) AS hour,
             unnest($15::numeric[]) AS quantity, unnest($16::bigint[]) AS covered_us, unnest($17::int[]) AS readings) a
WHERE s.ctid = a.place
