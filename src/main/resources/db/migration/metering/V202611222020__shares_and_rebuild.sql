-- How an interval between two readings is spread over the hours of a calendar: by time. An hour gets the difference of the
-- counter, interpolated and rounded at its two edges, so that the hours add up to the interval to the last decimal.
CREATE FUNCTION meter_shares(from_at timestamptz, to_at timestamptz, quantity numeric, zone text)
RETURNS TABLE (hour timestamptz, share numeric, covered_us bigint, readings int)
LANGUAGE sql STABLE AS $$
  SELECT h,
         CASE WHEN from_at = to_at THEN quantity
              ELSE round(quantity * extract(epoch FROM least(h + interval '1 hour', to_at) - from_at) / extract(epoch FROM to_at - from_at), 4)
                   - round(quantity * extract(epoch FROM greatest(h, from_at) - from_at) / extract(epoch FROM to_at - from_at), 4) END,
         (extract(epoch FROM least(h + interval '1 hour', to_at) - greatest(h, from_at)) * 1000000)::bigint,
         CASE WHEN least(h + interval '1 hour', to_at) = to_at THEN 1 ELSE 0 END
  FROM generate_series(date_trunc('hour', least(from_at, to_at - interval '1 microsecond'), zone),
                       to_at - interval '1 microsecond', interval '1 hour') AS h
$$;
GRANT EXECUTE ON FUNCTION meter_shares TO wuye_app, wuye_cross;

-- A reading that a person gave says why.
ALTER TABLE meter_reading ADD COLUMN reason text CHECK (length(reason) <= 500);
