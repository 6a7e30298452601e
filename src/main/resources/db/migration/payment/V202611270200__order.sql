-- How a company wants to be paid; without a row, the usual terms.
CREATE TABLE payment_terms (
  tenant_id     uuid          PRIMARY KEY,
  fee_rate      numeric(7,6)  NOT NULL CHECK (fee_rate >= 0 AND fee_rate < 0.1),
  fee_payer     text          NOT NULL CHECK (fee_payer IN ('PAYER', 'COMPANY')),
  pay_within_s  int           NOT NULL CHECK (pay_within_s BETWEEN 60 AND 7200),
  version       int           NOT NULL DEFAULT 0
);
CALL fence('payment_terms');

-- One thing to be paid for. What it buys stands with the feature whose purpose it is.
CREATE TABLE payment_order (
  id             uuid          PRIMARY KEY,
  tenant_id      uuid          NOT NULL,
  order_no       text          COLLATE "C" NOT NULL,
  purpose        text          NOT NULL,
  subject_id     uuid          NOT NULL,
  subject_name   text          NOT NULL,
  payer          text          NOT NULL,
  payer_name     text          NOT NULL,
  payer_kind     text          NOT NULL,
  payer_channel  text,
  placed_by      text          NOT NULL,
  client_key     text,
  wish           text          NOT NULL,
  payable_fen    bigint        NOT NULL CHECK (payable_fen > 0),
  surcharge_fen  bigint        NOT NULL CHECK (surcharge_fen >= 0),
  currency       text          NOT NULL DEFAULT 'CNY',
  fee_rate       numeric(7,6)  NOT NULL,
  fee_payer      text          NOT NULL,
  paid_fen       bigint        NOT NULL DEFAULT 0 CHECK (paid_fen >= 0),
  refunding_fen  bigint        NOT NULL DEFAULT 0 CHECK (refunding_fen >= 0),
  refunded_fen   bigint        NOT NULL DEFAULT 0 CHECK (refunded_fen >= 0),
  state          text          NOT NULL,
  why            text,
  created_at     timestamptz   NOT NULL,
  expires_at     timestamptz   NOT NULL,
  paid_at        timestamptz,
  credited_at    timestamptz,
  closed_at      timestamptz,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, order_no),
  -- A second click finds the order of the first.
  UNIQUE (tenant_id, placed_by, client_key),
  CHECK (refunding_fen + refunded_fen <= paid_fen)
);
CREATE INDEX payment_order_newest ON payment_order (tenant_id, created_at DESC, id DESC);
CREATE INDEX payment_order_of_subject ON payment_order (tenant_id, subject_id, created_at DESC, id DESC);
CREATE INDEX payment_order_of_payer ON payment_order (tenant_id, payer, created_at DESC, id DESC);
-- What must be closed one day; holds the open orders only.
CREATE INDEX payment_order_expiring ON payment_order (expires_at) WHERE state = 'PENDING';
CALL fence('payment_order');

-- One try to pay an order by one way.
CREATE TABLE payment_attempt (
  id              uuid         PRIMARY KEY,
  tenant_id       uuid         NOT NULL,
  order_id        uuid         NOT NULL,
  ordinal         int          NOT NULL CHECK (ordinal > 0),
  pay_by          text         NOT NULL,
  number          text         COLLATE "C" NOT NULL,
  state           text         NOT NULL,
  due_fen         bigint       NOT NULL CHECK (due_fen > 0),
  method          text,        -- where the payer confirms; null where staff took the money
  created_at      timestamptz  NOT NULL,
  expires_at      timestamptz  NOT NULL,
  transaction_id  text         COLLATE "C",
  paid_fen        bigint       CHECK (paid_fen >= 0),
  succeeded_at    timestamptz,
  surplus         boolean      NOT NULL DEFAULT false,
  ask_at          timestamptz,
  asked           int          NOT NULL DEFAULT 0,
  FOREIGN KEY (tenant_id, order_id) REFERENCES payment_order (tenant_id, id),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, order_id, ordinal),
  -- The same number, the same receipt, the same transaction is the same money.
  UNIQUE (tenant_id, pay_by, number),
  UNIQUE (tenant_id, pay_by, transaction_id),
  CHECK ((state = 'SUCCEEDED') = (transaction_id IS NOT NULL AND paid_fen IS NOT NULL AND succeeded_at IS NOT NULL))
);
CREATE INDEX payment_attempt_to_ask ON payment_attempt (ask_at) WHERE ask_at IS NOT NULL;
CALL fence('payment_attempt');

-- Money on its way back.
CREATE TABLE payment_refund (
  id                 uuid         PRIMARY KEY,
  tenant_id          uuid         NOT NULL,
  order_id           uuid         NOT NULL,
  attempt_id         uuid         NOT NULL,
  ordinal            int          NOT NULL CHECK (ordinal > 0),
  pay_by             text         NOT NULL,
  number             text         COLLATE "C" NOT NULL,
  cause              text         NOT NULL,
  fen                bigint       NOT NULL CHECK (fen > 0),
  surcharge_fen      bigint       NOT NULL CHECK (surcharge_fen BETWEEN 0 AND fen),
  reason             text         NOT NULL,
  state              text         NOT NULL,
  requested_by       text         NOT NULL,
  requested_by_name  text         NOT NULL,
  decided_by         text,
  decided_by_name    text,
  created_at         timestamptz  NOT NULL,
  decided_at         timestamptz,
  succeeded_at       timestamptz,
  receipt            text,
  why                text,
  ask_at             timestamptz,
  asked              int          NOT NULL DEFAULT 0,
  FOREIGN KEY (tenant_id, order_id) REFERENCES payment_order (tenant_id, id),
  FOREIGN KEY (tenant_id, attempt_id) REFERENCES payment_attempt (tenant_id, id),
  UNIQUE (tenant_id, order_id, ordinal),
  UNIQUE (tenant_id, pay_by, number)
);
-- One open refund an order; money paid twice goes back beside it.
CREATE UNIQUE INDEX payment_refund_open ON payment_refund (tenant_id, order_id)
  WHERE state NOT IN ('SUCCEEDED', 'REJECTED') AND cause <> 'SURPLUS';
CREATE UNIQUE INDEX payment_refund_surplus ON payment_refund (tenant_id, attempt_id) WHERE cause = 'SURPLUS';
CREATE INDEX payment_refund_newest ON payment_refund (tenant_id, created_at DESC, id DESC);
CREATE INDEX payment_refund_to_ask ON payment_refund (ask_at) WHERE ask_at IS NOT NULL;
CALL fence('payment_refund');

-- Money that came and belongs to no order we know: kept in suspense until a person finds its home.
CREATE TABLE unmatched_payment (
  id              uuid         PRIMARY KEY,
  tenant_id       uuid         NOT NULL,
  pay_by          text         NOT NULL,
  transaction_id  text         COLLATE "C" NOT NULL,
  number          text         NOT NULL,
  fen             bigint       NOT NULL CHECK (fen > 0),
  currency        text         NOT NULL,
  paid_at         timestamptz  NOT NULL,
  found_at        timestamptz  NOT NULL,
  why             text         NOT NULL,
  UNIQUE (tenant_id, pay_by, transaction_id)
);
CALL fence('unmatched_payment');
