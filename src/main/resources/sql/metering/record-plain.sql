-- Stores a batch of plain readings, judged and rated already, and moves all that they move. The counters are held, and no
-- reading of the batch can be there: each is newer than all of its counter.
WITH kept AS (
  INSERT INTO meter_reading (tenant_id, device_id, register, read_at, event_id, value, received_at, device_time, source, quality, reason)
  SELECT tenant_id, device_id, register, read_at, event_id, value, received_at, device_time, source, 'VALID', reason
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::uuid[], $6::numeric[], $7::timestamptz[], $8::timestamptz[],
              $9::text[], $10::text[])
       AS a (tenant_id, device_id, register, read_at, event_id, value, received_at, device_time, source, reason)
), moved AS (
  UPDATE meter_state s
  SET base_at = a.base_at, base_value = a.base_value, newest_at = a.base_at, open_hour = a.hour, open_quantity = a.quantity,
      open_covered_us = a.covered_us, open_readings = a.readings
  FROM unnest($11::uuid[], $12::uuid[], $13::text[], $14::timestamptz[], $15::numeric[], $16::timestamptz[], $17::numeric[],
              $18::bigint[], $19::int[])
       AS a (tenant_id, device_id, register, base_at, base_value, hour, quantity, covered_us, readings)
  WHERE s.tenant_id = a.tenant_id AND s.device_id = a.device_id AND s.register = a.register
), hours AS (
  INSERT INTO consumption_hour AS c (tenant_id, device_id, register, service_point_id, hour, quantity, covered_us, readings)
  SELECT * FROM unnest($20::uuid[], $21::uuid[], $22::text[], $23::uuid[], $24::timestamptz[], $25::numeric[], $26::bigint[], $27::int[])
  ON CONFLICT (tenant_id, device_id, register, hour, service_point_id)
  DO UPDATE SET quantity = c.quantity + excluded.quantity, covered_us = c.covered_us + excluded.covered_us,
                readings = c.readings + excluded.readings
), days AS (
  INSERT INTO consumption_day AS c (tenant_id, device_id, register, service_point_id, day, quantity, covered_us, readings)
  SELECT * FROM unnest($28::uuid[], $29::uuid[], $30::text[], $31::uuid[], $32::date[], $33::numeric[], $34::bigint[], $35::int[])
  ON CONFLICT (tenant_id, device_id, register, day, service_point_id)
  DO UPDATE SET quantity = c.quantity + excluded.quantity, covered_us = c.covered_us + excluded.covered_us,
                readings = c.readings + excluded.readings
), lines AS (
  INSERT INTO rated_line (tenant_id, point_id, device_id, version_id, since, until, from_at, to_at, rated_at, revision, no, sign,
                          tier, period, quantity, used_before, energy_price, service_price, energy_amount, service_amount)
  SELECT tenant_id, point_id, device_id, version_id, since, until, since, until, $36::timestamptz, 0, 1, 1,
         tier, period, quantity, used_before, energy_price, service_price, energy_amount, service_amount
  FROM unnest($37::uuid[], $38::uuid[], $39::uuid[], $40::uuid[], $41::timestamptz[], $42::timestamptz[], $43::smallint[], $44::text[],
              $45::numeric[], $46::numeric[], $47::numeric[], $48::numeric[], $49::numeric[], $50::numeric[])
       AS a (tenant_id, point_id, device_id, version_id, since, until, tier, period, quantity, used_before, energy_price,
             service_price, energy_amount, service_amount)
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
FROM unnest($51::uuid[], $52::uuid[], $53::timestamptz[], $54::timestamptz[], $55::timestamptz[], $56::numeric[], $57::numeric[],
            $58::numeric[])
     AS a (tenant_id, point_id, until, month_at, year_at, quantity, energy, service)
WHERE b.tenant_id = a.tenant_id AND b.point_id = a.point_id
