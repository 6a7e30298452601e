-- What credit of some accounts is, and what it should be by what moved it and what was charged since the account began: one
-- snapshot, so that what is being charged at this moment is in both or in neither.
SELECT b.tenant_id, b.point_id, b.in_quantity, a.commodity, b.credit,
       (coalesce(m.amount, 0) - coalesce(l.amount, 0) - coalesce(o.used, 0))::numeric(18,6) AS summed
FROM unnest($1::uuid[], $2::uuid[]) AS w (tenant_id, point_id)
JOIN meter_balance b ON b.tenant_id = w.tenant_id AND b.point_id = w.point_id
JOIN meter_account a ON a.tenant_id = w.tenant_id AND a.point_id = w.point_id
LEFT JOIN meter_own_credit o ON o.tenant_id = w.tenant_id AND o.point_id = w.point_id AND a.authority = 'METER'
CROSS JOIN LATERAL (
  SELECT sum(v.amount) AS amount FROM credit_move v
  WHERE v.tenant_id = w.tenant_id AND v.point_id = w.point_id AND v.at >= a.opened_at) m
CROSS JOIN LATERAL (
  SELECT sum(CASE WHEN b.in_quantity THEN r.quantity ELSE r.energy_amount + r.service_amount END) AS amount FROM rated_line r
  WHERE r.tenant_id = w.tenant_id AND r.point_id = w.point_id AND r.until > b.starts_at) l
