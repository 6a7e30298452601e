-- Staff by when they were taken on.
CREATE INDEX staff_by_creation ON staff (tenant_id, created_at DESC, id DESC);
