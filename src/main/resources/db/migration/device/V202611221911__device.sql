-- What is registered. What is hot (connectivity, last seen, relay) stands in device_state: this table changes rarely.
CREATE TABLE device (
  id                 uuid        PRIMARY KEY,
  tenant_id          uuid        NOT NULL,
  -- The MQTT user name: opaque, made by us, unique over all companies because a broker knows no companies.
  uid                text        COLLATE "C" NOT NULL UNIQUE CHECK (uid ~ '^[a-z0-9][a-z0-9-]{3,63}$'),
  kind               text        NOT NULL,
  device_class       text        NOT NULL,
  model              text        CHECK (length(model) <= 100),
  serial_no          text        COLLATE "C" NOT NULL CHECK (serial_no = btrim(serial_no) AND length(serial_no) BETWEEN 1 AND 64),
  name               text        COLLATE "C" NOT NULL CHECK (name = btrim(name) AND length(name) BETWEEN 1 AND 100),
  space_id           uuid,
  -- The gateway that speaks for this device; such a child has no login of its own.
  gateway_id         uuid        CHECK (gateway_id <> id),
  lifecycle          text        NOT NULL DEFAULT 'REGISTERED'
                                 CHECK (lifecycle IN ('REGISTERED', 'ACTIVE', 'DISABLED', 'RETIRED')),
  heartbeat_seconds  int         NOT NULL DEFAULT 60 CHECK (heartbeat_seconds BETWEEN 5 AND 86400),
  version            int         NOT NULL DEFAULT 0,
  created_at         timestamptz NOT NULL,
  retired_at         timestamptz,
  UNIQUE (tenant_id, serial_no),
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, space_id) REFERENCES space (tenant_id, id),
  FOREIGN KEY (tenant_id, gateway_id) REFERENCES device (tenant_id, id),
  CHECK ((kind, device_class) IN (('ELECTRICITY_METER', 'emeter'), ('WATER_METER', 'wmeter'), ('CHARGING_PILE', 'charger'),
                                  ('FACE_TERMINAL', 'face'), ('GATEWAY', 'gateway'))),
  CHECK (kind <> 'GATEWAY' OR gateway_id IS NULL)
);
CREATE INDEX device_by_name ON device (tenant_id, name, id);
CREATE INDEX device_by_creation ON device (tenant_id, created_at, id);
CREATE INDEX device_by_space ON device (tenant_id, space_id, serial_no);
CREATE INDEX device_by_gateway ON device (tenant_id, gateway_id, serial_no) WHERE gateway_id IS NOT NULL;
CALL fence('device');

-- A device's login. The secret is shown once; the hash is in the form that a Mosquitto password file holds.
CREATE TABLE device_credential (
  tenant_id    uuid        NOT NULL,
  device_id    uuid        NOT NULL,
  hash         text        NOT NULL CHECK (hash LIKE '$7$%'),
  issued_at    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, device_id),
  FOREIGN KEY (tenant_id, device_id) REFERENCES device (tenant_id, id)
);
CALL fence('device_credential');
