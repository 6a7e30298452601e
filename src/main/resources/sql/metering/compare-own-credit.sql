-- Holds the credit of accounts whose meters count it themselves against the meters' word. A word can be compared when the counter
-- that came with it is the one up to which usage has lowered the credit, and nothing was or is written to the meter since.
UPDATE meter_own_credit o
SET bought = b.credit + o.used, expected = b.credit, reported = r.read_credit, reported_at = r.read_at,
    difference = r.read_credit - b.credit,
    state = CASE WHEN abs(r.read_credit - b.credit) > $3::numeric THEN 'DIFFERS' ELSE 'AGREES' END,
    differs_since = CASE WHEN abs(r.read_credit - b.credit) > $3::numeric THEN coalesce(o.differs_since, $4::timestamptz) END
FROM unnest($1::uuid[], $2::uuid[]) AS w (tenant_id, point_id)
JOIN meter_balance b ON b.tenant_id = w.tenant_id AND b.point_id = w.point_id
JOIN meter_credit_report r ON r.tenant_id = b.tenant_id AND r.device_id = b.device_id
JOIN meter_state m ON m.tenant_id = b.tenant_id AND m.device_id = b.device_id AND m.register = 'TOTAL'
WHERE o.tenant_id = w.tenant_id AND o.point_id = w.point_id AND o.counted_until = r.read_at AND m.base_at = r.read_at
  AND r.read_at >= b.starts_at
  AND NOT EXISTS (SELECT FROM meter_purchase p
                  WHERE p.tenant_id = b.tenant_id AND p.device_id = b.device_id
                    AND (p.state IN ('WAITING', 'WRITING', 'IN_DOUBT') OR p.look_at IS NOT NULL))
  AND NOT EXISTS (SELECT FROM credit_move v
                  WHERE v.tenant_id = b.tenant_id AND v.point_id = b.point_id AND v.at >= r.read_at)
