CREATE TABLE audit_entry (
  id            uuid        PRIMARY KEY,
  tenant_id     uuid        NOT NULL,
  at            timestamptz NOT NULL,
  actor         text        NOT NULL,
  actor_name    text        NOT NULL,
  act           text        NOT NULL,
  subject_type  text        NOT NULL,
  subject_id    text        NOT NULL,
  before        jsonb,
  after         jsonb,
  reason        text,
  trace_id      text
);
CREATE INDEX audit_entry_newest ON audit_entry (tenant_id, at DESC, id DESC);
CREATE INDEX audit_entry_subject ON audit_entry (tenant_id, subject_type, subject_id, at DESC, id DESC);
CALL fence_append_only('audit_entry');

-- Written in the transaction of the change it announces; relayed after the commit, at least once, in order per key.
CREATE TABLE outbox_message (
  seq          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id           uuid        NOT NULL,
  tenant_id    uuid        NOT NULL,
  kind         text        NOT NULL,
  key          text        NOT NULL,
  dedupe_key   text        NOT NULL,
  payload      jsonb       NOT NULL,
  created_at   timestamptz NOT NULL,
  due_at       timestamptz NOT NULL,
  attempts     int         NOT NULL DEFAULT 0,
  last_error   text,
  trace_id     text,
  state        text        NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING', 'SENT', 'DEAD')),
  sent_at      timestamptz,
  UNIQUE (tenant_id, kind, dedupe_key)
);
CREATE INDEX outbox_message_pending ON outbox_message (seq) WHERE state = 'PENDING';
CREATE INDEX outbox_message_order ON outbox_message (key, seq) WHERE state = 'PENDING';
CREATE INDEX outbox_message_sent ON outbox_message (sent_at) WHERE state = 'SENT';
CREATE INDEX outbox_message_dead ON outbox_message (tenant_id, created_at DESC, id DESC) WHERE state = 'DEAD';
CALL fence('outbox_message');
