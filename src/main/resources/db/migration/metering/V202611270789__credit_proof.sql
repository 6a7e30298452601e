-- When the credit of an account was last held against what moved it and what was charged.
CREATE TABLE credit_proof (
  tenant_id  uuid        NOT NULL,
  point_id   uuid        NOT NULL,
  proven_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, point_id),
  FOREIGN KEY (tenant_id, point_id) REFERENCES meter_account (tenant_id, point_id)
);
CREATE INDEX credit_proof_oldest ON credit_proof (proven_at);
CALL fence('credit_proof');

-- What proofs of other features find stands beside what the ledger's own finds.
ALTER TABLE ledger_difference DROP CONSTRAINT ledger_difference_cache_check;
ALTER TABLE ledger_difference ADD CONSTRAINT ledger_difference_cache_check
  CHECK (cache IN ('BALANCE', 'DAY_TOTALS', 'METER_CREDIT', 'SUSPENSE_ITEMS'));
