-- Rows older than 36 days may go, by this function and nobody else: those who serve requests and take in messages can
-- neither change nor remove one, and the owner itself sees none that is younger.
CREATE INDEX device_event_age ON device_event USING brin (received_at) WITH (pages_per_range = 32);
CREATE POLICY retention_sees ON device_event FOR SELECT TO CURRENT_USER USING (received_at < now() - interval '36 days');
CREATE POLICY retention_removes ON device_event FOR DELETE TO CURRENT_USER USING (received_at < now() - interval '36 days');
CREATE FUNCTION forget_device_events(cutoff timestamptz, at_most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  gone int;
BEGIN
  DELETE FROM device_event WHERE ctid = ANY (ARRAY(SELECT ctid FROM device_event WHERE received_at < cutoff LIMIT at_most));
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
REVOKE ALL ON FUNCTION forget_device_events FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_device_events TO wuye_cross;

-- Rows older than 180 days may go, by this function and nobody else: those who serve requests and take in messages can
-- neither change nor remove one, and the owner itself sees none that is younger.
CREATE INDEX switch_event_age ON switch_event USING brin (at) WITH (pages_per_range = 32);
CREATE POLICY retention_sees ON switch_event FOR SELECT TO CURRENT_USER USING (at < now() - interval '180 days');
CREATE POLICY retention_removes ON switch_event FOR DELETE TO CURRENT_USER USING (at < now() - interval '180 days');
CREATE FUNCTION forget_switch_events(cutoff timestamptz, at_most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  gone int;
BEGIN
  DELETE FROM switch_event WHERE ctid = ANY (ARRAY(SELECT ctid FROM switch_event WHERE at < cutoff LIMIT at_most));
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
REVOKE ALL ON FUNCTION forget_switch_events FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_switch_events TO wuye_cross;

CREATE INDEX rejected_message_age ON rejected_message (last_at);
CREATE INDEX rejected_message_replayed ON rejected_message (replayed_at) WHERE replayed_at IS NOT NULL;
CREATE INDEX device_command_age ON device_command USING brin (created_at) WITH (pages_per_range = 32);
-- Those that a person has to settle are counted every second.
CREATE INDEX device_command_unknown ON device_command (state) WHERE state = 'OUTCOME_UNKNOWN';
