-- Lowers the credit of accounts whose meters count it themselves by what these counted since this was done last: what they have
-- counted since the account began, late and corrected readings included, less what has lowered it already. Their balances and
-- rows of meter_own_credit are held.
WITH account AS (
  SELECT b.tenant_id, b.point_id, b.device_id, a.commodity, o.counted_before + o.used AS known, o.postings,
         (b.starts_at AT TIME ZONE t.zone)::date AS first_day
  FROM unnest($1::uuid[], $2::uuid[]) AS w (tenant_id, point_id)
  JOIN meter_balance b ON b.tenant_id = w.tenant_id AND b.point_id = w.point_id
  JOIN meter_account a ON a.tenant_id = w.tenant_id AND a.point_id = w.point_id
  JOIN meter_own_credit o ON o.tenant_id = w.tenant_id AND o.point_id = w.point_id
  JOIN tenant t ON t.id = w.tenant_id
), served AS (
  SELECT tenant_id, point_id, device_id, first_day FROM account
  UNION
  SELECT a.tenant_id, a.point_id, m.device_id, a.first_day
  FROM account a
  JOIN meter_installation m ON m.tenant_id = a.tenant_id AND m.service_point_id = a.point_id
), counted AS (
  SELECT s.tenant_id, s.point_id, sum(c.quantity) AS quantity
  FROM served s
  JOIN consumption_by_day c ON c.tenant_id = s.tenant_id AND c.device_id = s.device_id AND c.register = 'TOTAL'
                        AND c.service_point_id = s.point_id AND c.day >= s.first_day
  GROUP BY s.tenant_id, s.point_id
), news AS MATERIALIZED (
  SELECT a.tenant_id, a.point_id, a.device_id, a.commodity, a.postings + 1 AS no, coalesce(c.quantity, 0) - a.known AS more,
         m.base_at
  FROM account a
  LEFT JOIN counted c ON c.tenant_id = a.tenant_id AND c.point_id = a.point_id
  LEFT JOIN meter_state m ON m.tenant_id = a.tenant_id AND m.device_id = a.device_id AND m.register = 'TOTAL'
), drawn AS (
  UPDATE meter_balance b SET credit = b.credit - n.more
  FROM news n
  WHERE b.tenant_id = n.tenant_id AND b.point_id = n.point_id AND n.more <> 0
), noted AS (
  UPDATE meter_own_credit o
  SET device_id = n.device_id, used = o.used + n.more, counted_until = n.base_at, looked_at = $3::timestamptz,
      look_at = $3::timestamptz + interval '1 day', postings = o.postings + CASE WHEN n.more = 0 THEN 0 ELSE 1 END
  FROM news n
  WHERE o.tenant_id = n.tenant_id AND o.point_id = n.point_id
)
SELECT tenant_id, point_id, commodity, no, more FROM news WHERE more <> 0
