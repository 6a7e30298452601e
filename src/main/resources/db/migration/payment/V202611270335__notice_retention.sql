-- Notices older than 180 days may go, by this function and nobody else.
CREATE INDEX payment_notice_age ON payment_notice USING brin (received_at) WITH (pages_per_range = 32);
CREATE POLICY retention_sees ON payment_notice FOR SELECT TO CURRENT_USER USING (received_at < now() - interval '180 days');
CREATE POLICY retention_removes ON payment_notice FOR DELETE TO CURRENT_USER USING (received_at < now() - interval '180 days');
CREATE FUNCTION forget_payment_notices(cutoff timestamptz, at_most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  gone int;
BEGIN
  DELETE FROM payment_notice WHERE ctid = ANY (ARRAY(SELECT ctid FROM payment_notice WHERE received_at < cutoff LIMIT at_most));
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
REVOKE ALL ON FUNCTION forget_payment_notices FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_payment_notices TO wuye_cross;
