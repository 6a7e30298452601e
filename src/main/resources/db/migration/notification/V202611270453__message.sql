-- What a person is told inside the program: a resident, or a member of staff by the id of their account. The words are kept
-- as they were said, in both languages, so that a template may be reworded and the past is not.
CREATE TABLE message (
  id           uuid        PRIMARY KEY,
  tenant_id    uuid        NOT NULL,
  resident_id  uuid,
  staff        text,
  code         text        NOT NULL,
  params       text[]      NOT NULL,
  title_zh     text        NOT NULL,
  title_en     text        NOT NULL,
  body_zh      text        NOT NULL,
  body_en      text        NOT NULL,
  -- One thing is told to one person once.
  dedupe_key   text        NOT NULL,
  created_at   timestamptz NOT NULL,
  read_at      timestamptz,
  CHECK (num_nonnulls(resident_id, staff) = 1),
  FOREIGN KEY (tenant_id, resident_id) REFERENCES resident (tenant_id, id),
  UNIQUE NULLS NOT DISTINCT (tenant_id, dedupe_key, resident_id, staff)
);
CREATE INDEX message_of_resident ON message (tenant_id, resident_id, created_at DESC, id DESC) WHERE resident_id IS NOT NULL;
CREATE INDEX message_of_staff ON message (tenant_id, staff, created_at DESC, id DESC) WHERE staff IS NOT NULL;
CREATE INDEX message_unread_of_resident ON message (tenant_id, resident_id, created_at DESC, id DESC)
  WHERE resident_id IS NOT NULL AND read_at IS NULL;
CREATE INDEX message_unread_of_staff ON message (tenant_id, staff, created_at DESC, id DESC)
  WHERE staff IS NOT NULL AND read_at IS NULL;
CALL fence('message');
