-- The bills of whom they ask to pay, newest first.
CREATE INDEX meter_bill_of_customer ON meter_bill (tenant_id, customer_id, issued_at DESC, id DESC) WHERE customer_id IS NOT NULL;
