-- Money in suspense, as rows: payments that belong to no order, and those of another amount than was asked for, which their
-- order holds. What is OPEN adds up to the account SUSPENSE.
ALTER TABLE unmatched_payment RENAME TO suspense_item;
ALTER INDEX unmatched_payment_paid RENAME TO suspense_item_paid;
ALTER TABLE suspense_item
  ADD COLUMN state             text  NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'ASSIGNED', 'REFUNDING', 'REFUNDED')),
  ADD COLUMN order_id          uuid,
  ADD COLUMN reason            text,
  ADD COLUMN assigned_by       text,
  ADD COLUMN assigned_by_name  text,
  ADD COLUMN assigned_at       timestamptz,
  ADD FOREIGN KEY (tenant_id, order_id) REFERENCES payment_order (tenant_id, id),
  ADD CHECK (state = 'OPEN' OR order_id IS NOT NULL),
  ADD CHECK ((state = 'ASSIGNED') = (reason IS NOT NULL AND assigned_by IS NOT NULL AND assigned_at IS NOT NULL));
CREATE INDEX suspense_item_of_order ON suspense_item (tenant_id, order_id) WHERE order_id IS NOT NULL;
CREATE INDEX suspense_item_newest ON suspense_item (tenant_id, found_at DESC, id DESC);

-- The same for those that stand there already: of orders whose other amount nobody has asked back so far. The owner is fenced
-- like everybody; this one statement sees all.
CREATE POLICY backfill ON payment_order FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY backfill ON payment_attempt FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY backfill ON suspense_item TO CURRENT_USER USING (true) WITH CHECK (true);
INSERT INTO suspense_item (id, tenant_id, pay_by, transaction_id, number, fen, currency, paid_at, found_at, why, order_id)
SELECT gen_random_uuid(), a.tenant_id, a.pay_by, a.transaction_id, a.number, a.paid_fen, o.currency, a.succeeded_at,
  a.succeeded_at, coalesce(o.why, 'another amount'), o.id
FROM payment_order o JOIN payment_attempt a ON a.tenant_id = o.tenant_id AND a.order_id = o.id
WHERE o.state = 'AMOUNT_MISMATCH' AND a.state = 'SUCCEEDED' AND NOT a.surplus AND a.paid_fen > 0
ON CONFLICT (tenant_id, pay_by, transaction_id) DO NOTHING;
DROP POLICY backfill ON payment_order;
DROP POLICY backfill ON payment_attempt;
DROP POLICY backfill ON suspense_item;
CREATE INDEX suspense_item_by_amount ON suspense_item (tenant_id, fen DESC, id DESC);
