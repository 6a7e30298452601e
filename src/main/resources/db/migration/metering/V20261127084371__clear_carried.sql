-- What the last bill of a closed account would have carried to a next one is cleared, once.
ALTER TABLE meter_clear_record ADD COLUMN bill_id uuid,
  ADD FOREIGN KEY (tenant_id, bill_id) REFERENCES meter_bill (tenant_id, id);
CREATE UNIQUE INDEX meter_clear_record_bill ON meter_clear_record (tenant_id, bill_id) WHERE bill_id IS NOT NULL;
