-- What an order to top up a meter buys: quoted when it was placed, credited when it was paid, or never.
CREATE TABLE meter_topup (
  order_id         uuid          NOT NULL,
  tenant_id        uuid          NOT NULL,
  point_id         uuid          NOT NULL,
  device_id        uuid          NOT NULL,
  meter_no         text          COLLATE "C" NOT NULL,    -- as the meter was called then
  commodity        text          NOT NULL CHECK (commodity IN ('ELECTRICITY', 'WATER')),
  unit             text          NOT NULL CHECK (unit IN ('MONEY', 'QUANTITY')),
  -- What a unit cost then; null where it depends on when it is used.
  unit_price       numeric(18,6),
  quantity         numeric(18,4),
  amount           numeric(18,6) NOT NULL CHECK (amount > 0),  -- of credit, in its unit
  quoted_before    numeric(18,6) NOT NULL,
  quoted_after     numeric(18,6) NOT NULL,
  created_at       timestamptz   NOT NULL,
  credited_before  numeric(18,6),
  credited_after   numeric(18,6),
  credited_at      timestamptz,
  taken_back_fen   bigint        NOT NULL DEFAULT 0 CHECK (taken_back_fen >= 0),
  PRIMARY KEY (tenant_id, order_id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES payment_order (tenant_id, id),
  FOREIGN KEY (tenant_id, point_id) REFERENCES meter_account (tenant_id, point_id),
  CHECK (quoted_after = quoted_before + amount),
  CHECK (unit = 'MONEY' OR (unit_price IS NOT NULL AND quantity = amount)),
  CHECK ((credited_at IS NULL) = (credited_before IS NULL) AND (credited_at IS NULL) = (credited_after IS NULL))
);
CREATE INDEX meter_topup_newest ON meter_topup (tenant_id, created_at DESC, order_id DESC);
CREATE INDEX meter_topup_of_commodity ON meter_topup (tenant_id, commodity, created_at DESC, order_id DESC);
CREATE INDEX meter_topup_of_meter ON meter_topup (tenant_id, meter_no, created_at, order_id);
CREATE INDEX meter_topup_of_point ON meter_topup (tenant_id, point_id, created_at DESC);
CALL fence('meter_topup');
