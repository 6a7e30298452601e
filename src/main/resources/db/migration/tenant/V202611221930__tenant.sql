-- A property company. Fenced like every table: a company sees its own row and no other; on-boarding and the registry
-- that maps a token's issuer to a company go through the cross-tenant role.
CREATE TABLE tenant (
  id            uuid        PRIMARY KEY,
  tenant_id     uuid        NOT NULL GENERATED ALWAYS AS (id) STORED,
  -- Also the Keycloak realm's name and a segment of MQTT topics, therefore this narrow alphabet.
  code          text        NOT NULL UNIQUE CHECK (code ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'),
  name          text        NOT NULL,
  -- Exactly the iss of this company's tokens.
  issuer        text        NOT NULL UNIQUE,
  -- Where the service itself reaches the Keycloak that holds the realm; keys are read from here.
  base_url      text        NOT NULL,
  status        text        NOT NULL CHECK (status IN ('ONBOARDING', 'ACTIVE', 'SUSPENDED')),
  status_reason text,
  status_since  timestamptz NOT NULL,
  zone          text        NOT NULL DEFAULT 'Asia/Shanghai',
  settings      jsonb       NOT NULL DEFAULT '{}',
  created_at    timestamptz NOT NULL
);
CALL fence('tenant');
