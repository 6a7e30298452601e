-- Orders and refunds by amount, differences by day and amount.
CREATE INDEX payment_order_by_payable ON payment_order (tenant_id, payable_fen DESC, id DESC);
CREATE INDEX payment_refund_by_amount ON payment_refund (tenant_id, fen DESC, id DESC);
CREATE INDEX reconciliation_difference_by_day ON reconciliation_difference (tenant_id, day DESC, id DESC);
CREATE INDEX reconciliation_difference_by_amount ON reconciliation_difference (tenant_id, fen DESC, id DESC);
