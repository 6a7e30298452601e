-- What we keep of a company's staff. Their accounts (passwords, sessions, the roles in their tokens) stand in the
-- company's Keycloak realm; this is for lists, for names beside acts, and for an invitation that was cut off half-way.
CREATE TABLE staff (
  id          uuid        PRIMARY KEY,
  tenant_id   uuid        NOT NULL,
  username    text        NOT NULL,
  name        text        NOT NULL,
  email       text,
  phone       text,
  roles       text[]      NOT NULL CHECK (roles <@ ARRAY ['manager', 'finance', 'technician']),
  -- The account's id in the realm; null until it is made.
  subject     text,
  status      text        NOT NULL CHECK (status IN ('INVITING', 'ACTIVE', 'DISABLED')),
  created_at  timestamptz NOT NULL,
  UNIQUE (tenant_id, username),
  UNIQUE (tenant_id, subject),
  CHECK (status = 'INVITING' OR subject IS NOT NULL)
);
CREATE INDEX staff_by_name ON staff (tenant_id, name, id);
CALL fence('staff');
