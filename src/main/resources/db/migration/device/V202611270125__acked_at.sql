-- When the device acknowledged a switching: a report made later than that is believed instead.
ALTER TABLE supply_switch ADD COLUMN acked_at timestamptz;
