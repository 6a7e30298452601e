-- What was left of a cleared credit is paid out by a person, against a receipt.
ALTER TABLE meter_clear_record ADD COLUMN receipt_no text, ADD COLUMN paid_out_at timestamptz;
ALTER TABLE meter_clear_record ADD CONSTRAINT meter_clear_record_paid_out
  CHECK ((receipt_no IS NULL) = (paid_out_at IS NULL) AND (paid_out_at IS NULL OR (state = 'DONE' AND refund_fen > 0)));
