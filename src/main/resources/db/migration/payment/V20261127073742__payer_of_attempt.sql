-- Who the payer is at the channel belongs to the attempt: it is asked of the log-in when it is paid, not said with the order.
-- Attempts of before have none: whoever goes on with one inside WeChat begins another.
ALTER TABLE payment_attempt ADD COLUMN payer_channel text;
ALTER TABLE payment_order DROP COLUMN payer_channel;
