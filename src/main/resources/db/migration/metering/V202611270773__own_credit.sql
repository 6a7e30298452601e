-- Accounts whose meter counts the credit itself: what was used by its counter has lowered the credit that the service knows, and
-- once a day that credit is held against the meter's own word. Changed by whoever holds the point's meter_balance.
CREATE TABLE meter_own_credit (
  tenant_id       uuid          NOT NULL,
  point_id        uuid          NOT NULL,
  device_id       uuid          NOT NULL,               -- the meter that served it when it was looked at
  -- What the meter had counted of the local day on which the account began, before it began.
  counted_before  numeric(18,4) NOT NULL,
  used            numeric(18,4) NOT NULL DEFAULT 0,     -- has lowered credit since the account began
  counted_until   timestamptz,
  postings        int           NOT NULL DEFAULT 0,     -- goes on when the account is opened again
  look_at         timestamptz,                          -- when it is looked at next; null when it is closed
  looked_at       timestamptz   NOT NULL,
  state           text          NOT NULL DEFAULT 'UNKNOWN' CHECK (state IN ('UNKNOWN', 'AGREES', 'DIFFERS', 'RESOLVED')),
  -- As they were when the meter's word could be compared last.
  bought          numeric(18,4) NOT NULL DEFAULT 0,
  expected        numeric(18,4) NOT NULL DEFAULT 0,     -- bought - used
  reported        numeric(18,4),
  reported_at     timestamptz,
  difference      numeric(18,4) NOT NULL DEFAULT 0,     -- reported - expected
  differs_since   timestamptz,
  resolved_at     timestamptz,
  resolved_by     text,
  reason          text,
  PRIMARY KEY (tenant_id, point_id),
  FOREIGN KEY (tenant_id, point_id) REFERENCES meter_account (tenant_id, point_id),
  CHECK (num_nulls(reported, reported_at) IN (0, 2)),
  CHECK (num_nulls(resolved_at, resolved_by, reason) IN (0, 3))
);
CREATE INDEX meter_own_credit_look ON meter_own_credit (look_at) WHERE look_at IS NOT NULL;
CREATE INDEX meter_own_credit_newest ON meter_own_credit (tenant_id, looked_at DESC, point_id DESC);
CREATE INDEX meter_own_credit_difference ON meter_own_credit (tenant_id, difference DESC, point_id DESC);
CALL fence('meter_own_credit');

-- Where an account began in the middle of a day, the hours before it tell what the meter had counted. The fences bind the owner as
-- well, who here reads rows of all companies.
ALTER TABLE tenant NO FORCE ROW LEVEL SECURITY;
ALTER TABLE meter_account NO FORCE ROW LEVEL SECURITY;
ALTER TABLE meter_balance NO FORCE ROW LEVEL SECURITY;
ALTER TABLE consumption_hour NO FORCE ROW LEVEL SECURITY;
ALTER TABLE meter_own_credit NO FORCE ROW LEVEL SECURITY;
INSERT INTO meter_own_credit (tenant_id, point_id, device_id, counted_before, look_at, looked_at)
SELECT a.tenant_id, a.point_id, a.device_id,
       coalesce((SELECT sum(h.quantity) FROM consumption_hour h
                 WHERE h.tenant_id = a.tenant_id AND h.device_id = a.device_id AND h.register = 'TOTAL'
                   AND h.service_point_id = a.point_id AND h.hour >= date_trunc('day', b.starts_at, t.zone)
                   AND h.hour < date_trunc('hour', b.starts_at, t.zone)), 0),
       now(), now()
FROM meter_account a
JOIN meter_balance b ON b.tenant_id = a.tenant_id AND b.point_id = a.point_id
JOIN tenant t ON t.id = a.tenant_id
WHERE a.authority = 'METER' AND a.closed_at IS NULL;
ALTER TABLE tenant FORCE ROW LEVEL SECURITY;
ALTER TABLE meter_account FORCE ROW LEVEL SECURITY;
ALTER TABLE meter_balance FORCE ROW LEVEL SECURITY;
ALTER TABLE consumption_hour FORCE ROW LEVEL SECURITY;
ALTER TABLE meter_own_credit FORCE ROW LEVEL SECURITY;
