-- What usage from credit in kWh or m³ was worth when it was posted, all of it so far: what was paid for the credit, less this,
-- is what the rest of it is worth.
ALTER TABLE meter_balance ADD COLUMN posted_value numeric(18,6) NOT NULL DEFAULT 0;
CREATE INDEX credit_move_newest ON credit_move (tenant_id, at DESC, id DESC);
CREATE INDEX meter_account_opened ON meter_account (tenant_id, opened_at DESC, point_id DESC);
