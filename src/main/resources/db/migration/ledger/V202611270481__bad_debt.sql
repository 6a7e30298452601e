-- A kind of account for what is given up of receivables. Its decimals (6) and its having no subject are what the functions say
-- of any other kind already.
ALTER TABLE journal_line DROP CONSTRAINT journal_line_account;
ALTER TABLE journal_line ADD CONSTRAINT journal_line_account CHECK (account IN (
  'PSP_CLEARING', 'CASH_DESK', 'BANK', 'CUSTOMER_CREDIT', 'RECEIVABLE', 'REFUND_PAYABLE', 'SUSPENSE',
  'REVENUE_ELECTRICITY', 'REVENUE_WATER', 'REVENUE_CHARGING_ENERGY', 'REVENUE_CHARGING_SERVICE', 'SERVICE_FEE',
  'PAYMENT_FEE_INCOME', 'CHANNEL_FEE_EXPENSE', 'PROMOTION_EXPENSE', 'BAD_DEBT', 'ROUNDING',
  'ENERGY_CREDIT', 'ENERGY_SOLD', 'ENERGY_USED', 'WATER_CREDIT', 'WATER_SOLD', 'WATER_USED'));
