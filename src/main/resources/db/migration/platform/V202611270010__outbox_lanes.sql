-- Each kind of message is taken by itself: a lane must not walk over the others' backlog.
DROP INDEX outbox_message_pending;
CREATE INDEX outbox_message_pending ON outbox_message (kind, seq) WHERE state = 'PENDING';
-- Order is kept among one company's messages: nobody waits for a neighbour who happens to use the same key.
DROP INDEX outbox_message_order;
CREATE INDEX outbox_message_order ON outbox_message (tenant_id, key, seq) WHERE state = 'PENDING';
