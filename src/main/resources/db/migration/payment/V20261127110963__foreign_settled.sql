-- A payment in another currency stands in no books; how a person has settled it with the channel is written down with it.
ALTER TABLE suspense_item
  DROP CONSTRAINT suspense_item_state_check,
  DROP CONSTRAINT suspense_item_check,
  DROP CONSTRAINT suspense_item_check1,
  ADD COLUMN settlement text CHECK (settlement IN ('REFUNDED_AT_CHANNEL', 'WRITTEN_OFF')),
  ADD CONSTRAINT suspense_item_state CHECK (state IN ('OPEN', 'ASSIGNED', 'REFUNDING', 'REFUNDED', 'SETTLED')),
  ADD CONSTRAINT suspense_item_held CHECK (state IN ('OPEN', 'SETTLED') OR order_id IS NOT NULL),
  ADD CONSTRAINT suspense_item_decided CHECK (
    (state IN ('ASSIGNED', 'SETTLED')) = (reason IS NOT NULL AND assigned_by IS NOT NULL AND assigned_at IS NOT NULL)),
  -- What the books hold leaves them by a posting, never so.
  ADD CONSTRAINT suspense_item_settled CHECK (
    (state = 'SETTLED') = (settlement IS NOT NULL) AND (settlement IS NULL OR currency <> 'CNY'));
