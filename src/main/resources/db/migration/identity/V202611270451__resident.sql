-- Who lives in or rents a company's spaces. An account to log in with is optional and stands in the company's realm, as with
-- staff; what is theirs hangs on the id here.
CREATE TABLE resident (
  id          uuid        PRIMARY KEY,
  tenant_id   uuid        NOT NULL,
  name        text        NOT NULL,
  -- Digits and a leading +, so that one number is one text.
  phone       text        CHECK (phone ~ '^\+?[0-9]{5,20}$'),
  email       text,
  kind        text        NOT NULL CHECK (kind IN ('MEMBER', 'GUEST')),
  state       text        NOT NULL CHECK (state IN ('ACTIVE', 'DISABLED')),
  note        text,
  -- The log-in name once an account is wanted; its id in the realm once it is made.
  username    text,
  subject     text,
  version     int         NOT NULL DEFAULT 0,
  created_at  timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, phone),
  UNIQUE (tenant_id, username),
  UNIQUE (tenant_id, subject),
  CHECK (subject IS NULL OR username IS NOT NULL)
);
CREATE INDEX resident_by_name ON resident (tenant_id, name, id);
CREATE INDEX resident_by_age ON resident (tenant_id, created_at, id);
CALL fence('resident');

-- Residents who are treated alike. One may be in several groups.
CREATE TABLE resident_group (
  id          uuid        PRIMARY KEY,
  tenant_id   uuid        NOT NULL,
  name        text        NOT NULL,
  created_at  timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, name)
);
CREATE INDEX resident_group_by_name ON resident_group (tenant_id, name, id);
CREATE INDEX resident_group_by_age ON resident_group (tenant_id, created_at, id);
CALL fence('resident_group');

CREATE TABLE resident_group_member (
  tenant_id    uuid NOT NULL,
  group_id     uuid NOT NULL,
  resident_id  uuid NOT NULL,
  PRIMARY KEY (tenant_id, group_id, resident_id),
  FOREIGN KEY (tenant_id, group_id) REFERENCES resident_group (tenant_id, id),
  FOREIGN KEY (tenant_id, resident_id) REFERENCES resident (tenant_id, id)
);
CREATE INDEX resident_group_member_resident ON resident_group_member (tenant_id, resident_id);
CALL fence('resident_group_member');
