-- Rows older than 180 days may go, by this function and nobody else: those who serve requests and take in messages can
-- neither change nor remove one, and the owner itself sees none that is younger.
CREATE INDEX audit_entry_age ON audit_entry USING brin (at) WITH (pages_per_range = 32);
CREATE POLICY retention_sees ON audit_entry FOR SELECT TO CURRENT_USER USING (at < now() - interval '180 days');
CREATE POLICY retention_removes ON audit_entry FOR DELETE TO CURRENT_USER USING (at < now() - interval '180 days');
CREATE FUNCTION forget_audit_entries(cutoff timestamptz, at_most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  gone int;
BEGIN
  DELETE FROM audit_entry WHERE ctid = ANY (ARRAY(SELECT ctid FROM audit_entry WHERE at < cutoff LIMIT at_most));
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
REVOKE ALL ON FUNCTION forget_audit_entries FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_audit_entries TO wuye_cross;
