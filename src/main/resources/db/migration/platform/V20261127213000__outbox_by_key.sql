-- Who asks for the elders of a message asks by key. The condition on seq, which always holds, keeps this index out of that: while
-- statistics say that nothing is pending, one index is as good as another to PostgreSQL, and it took this one.
CREATE INDEX outbox_message_lane ON outbox_message (kind, seq) WHERE state = 'PENDING' AND seq > 0;
DROP INDEX outbox_message_pending;
