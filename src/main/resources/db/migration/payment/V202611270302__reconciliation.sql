-- A day of a channel, held against what we know. DUE: its bills are to be fetched; FETCHED: they stand below; MATCHED: the
-- differences are written down, what we did not know is being asked about; DONE.
CREATE TABLE reconciliation_run (
  id                 uuid          PRIMARY KEY,
  tenant_id          uuid          NOT NULL,
  channel            text          NOT NULL,
  -- In the channel's calendar.
  day                date          NOT NULL,
  state              text          NOT NULL CHECK (state IN ('DUE', 'FETCHED', 'MATCHED', 'DONE')),
  -- When it is to be worked on next; put off by whoever works on it.
  due_at             timestamptz,
  tries              int           NOT NULL DEFAULT 0,
  problem            text,
  bill_payments      int           NOT NULL DEFAULT 0,
  bill_paid_fen      bigint        NOT NULL DEFAULT 0,
  bill_refunds       int           NOT NULL DEFAULT 0,
  bill_refunded_fen  bigint        NOT NULL DEFAULT 0,
  own_payments       int           NOT NULL DEFAULT 0,
  own_paid_fen       bigint        NOT NULL DEFAULT 0,
  own_refunds        int           NOT NULL DEFAULT 0,
  own_refunded_fen   bigint        NOT NULL DEFAULT 0,
  paid_out_fen       bigint        NOT NULL DEFAULT 0,
  -- What the books hold of the day's fee, and in how many entries.
  fee_fen            bigint        NOT NULL DEFAULT 0,
  fee_entries        int           NOT NULL DEFAULT 0,
  created_at         timestamptz   NOT NULL,
  fetched_at         timestamptz,
  done_at            timestamptz,
  UNIQUE (tenant_id, channel, day),
  CHECK ((state = 'DONE') = (due_at IS NULL))
);
CREATE INDEX reconciliation_run_due ON reconciliation_run (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX reconciliation_run_newest ON reconciliation_run (tenant_id, day DESC, id DESC);
CALL fence('reconciliation_run');

-- The channel's bill of payments and refunds, as it was fetched last.
CREATE TABLE bill_trade (
  tenant_id       uuid           NOT NULL,
  channel         text           NOT NULL,
  day             date           NOT NULL,
  no              int            NOT NULL,
  at              timestamptz    NOT NULL,
  transaction_id  text           COLLATE "C" NOT NULL,
  number          text           COLLATE "C" NOT NULL,
  refund_number   text           COLLATE "C",
  refund_id       text           COLLATE "C",
  state           text           NOT NULL,
  refund_state    text,
  currency        text           NOT NULL,
  fen             bigint         NOT NULL,
  refund_fen      bigint         NOT NULL,
  fee             numeric(18,6)  NOT NULL,
  fee_rate        text           NOT NULL,
  PRIMARY KEY (tenant_id, channel, day, no)
);
CREATE INDEX bill_trade_payment ON bill_trade (tenant_id, channel, transaction_id);
CREATE INDEX bill_trade_refund ON bill_trade (tenant_id, channel, refund_number) WHERE refund_number IS NOT NULL;
CREATE INDEX bill_trade_age ON bill_trade (day);
CALL fence('bill_trade');

-- The channel's bill of movements on the company's account there.
CREATE TABLE bill_flow (
  tenant_id    uuid         NOT NULL,
  channel      text         NOT NULL,
  day          date         NOT NULL,
  no           int          NOT NULL,
  at           timestamptz  NOT NULL,
  kind         text         NOT NULL,
  business_no  text         COLLATE "C" NOT NULL,
  flow_no      text         COLLATE "C" NOT NULL,
  business     text         NOT NULL,
  type         text         NOT NULL,
  fen          bigint       NOT NULL,
  balance_fen  bigint       NOT NULL,
  remark       text         NOT NULL,
  voucher_no   text,
  PRIMARY KEY (tenant_id, channel, day, no)
);
CREATE INDEX bill_flow_age ON bill_flow (day);
CALL fence('bill_flow');

-- Where the channel's word and ours differ, until a person has settled it or it is gone.
CREATE TABLE reconciliation_difference (
  id                uuid         PRIMARY KEY,
  tenant_id         uuid         NOT NULL,
  channel           text         NOT NULL,
  day               date         NOT NULL,
  kind              text         NOT NULL,
  -- The channel's number of the payment; of a refund, ours or else the channel's.
  reference         text         COLLATE "C" NOT NULL,
  number            text         NOT NULL,
  order_id          uuid,
  channel_fen       bigint,
  own_fen           bigint,
  fen               bigint       GENERATED ALWAYS AS (coalesce(channel_fen, own_fen)) STORED,
  channel_state     text,
  own_state         text,
  at                timestamptz  NOT NULL,
  state             text         NOT NULL CHECK (state IN ('OPEN', 'GONE', 'RESOLVED')),
  found_at          timestamptz  NOT NULL,
  gone_at           timestamptz,
  resolution        text,
  reason            text,
  resolved_by       text,
  resolved_by_name  text,
  resolved_at       timestamptz,
  UNIQUE (tenant_id, channel, day, kind, reference),
  CHECK ((state = 'RESOLVED') = (resolution IS NOT NULL AND reason IS NOT NULL AND resolved_by IS NOT NULL
                                 AND resolved_at IS NOT NULL)),
  CHECK ((state = 'GONE') = (gone_at IS NOT NULL))
);
CREATE INDEX reconciliation_difference_newest ON reconciliation_difference (tenant_id, found_at DESC, id DESC);
CREATE INDEX reconciliation_difference_open ON reconciliation_difference (tenant_id, channel, reference) WHERE state = 'OPEN';
CALL fence('reconciliation_difference');

-- What came in and went back on a day.
CREATE INDEX payment_attempt_succeeded ON payment_attempt (tenant_id, succeeded_at) WHERE state = 'SUCCEEDED';
CREATE INDEX payment_refund_succeeded ON payment_refund (tenant_id, succeeded_at) WHERE state = 'SUCCEEDED';
CREATE INDEX unmatched_payment_paid ON unmatched_payment (tenant_id, paid_at);

-- Whether a person paid it out, so that no bill of a channel can have it.
ALTER TABLE payment_refund ADD COLUMN by_hand boolean NOT NULL DEFAULT false;
