-- With which settings a company talks to a payment channel. The two secrets are sealed before they get here (platform.secret,
-- v1:<key id>:<Base64>), bound to the company and the column.
CREATE TABLE payment_channel (
  id                       uuid        PRIMARY KEY,
  tenant_id                uuid        NOT NULL,
  kind                     text        NOT NULL CHECK (kind IN ('WECHAT_PAY')),
  enabled                  boolean     NOT NULL DEFAULT false,
  app_id                   text        NOT NULL CHECK (app_id ~ '^[0-9A-Za-z_-]{1,32}$'),
  merchant_id              text        NOT NULL CHECK (merchant_id ~ '^[0-9]{6,32}$'),
  -- The serial number of our own certificate at the channel.
  merchant_serial          text        NOT NULL CHECK (merchant_serial ~ '^[0-9A-F]{8,64}$'),
  api_v3_key               text        NOT NULL CHECK (api_v3_key LIKE 'v1:%'),
  api_v3_key_fingerprint   text        NOT NULL,
  merchant_key             text        NOT NULL CHECK (merchant_key LIKE 'v1:%'),
  merchant_key_fingerprint text        NOT NULL,
  -- [{"id", "pem"}]: the channel's public keys and certificates, old and new side by side while it changes them.
  channel_keys             jsonb       NOT NULL,
  -- Stands in the address at which the channel knocks: tells the company, and nobody can guess it.
  notice_token             text        NOT NULL UNIQUE CHECK (length(notice_token) = 43),
  tested_at                timestamptz,
  test_outcome             text,
  version                  int         NOT NULL DEFAULT 0,
  created_at               timestamptz NOT NULL,
  updated_at               timestamptz NOT NULL,
  UNIQUE (tenant_id, kind)
);
CALL fence('payment_channel');

-- What the channels told us, each thing once, however often they said it. A refund may be told of twice: abnormal, then done.
CREATE TABLE payment_notice (
  id               uuid        PRIMARY KEY,
  tenant_id        uuid        NOT NULL,
  channel          text        NOT NULL,
  kind             text        NOT NULL CHECK (kind IN ('PAYMENT', 'REFUND')),
  -- The channel's number of the payment or of the refund.
  reference        text        NOT NULL,
  state            text        NOT NULL,
  app_id           text,
  merchant_id      text        NOT NULL,
  out_trade_no     text        NOT NULL,
  transaction_id   text        NOT NULL,
  out_refund_no    text,
  refund_id        text,
  amount_fen       bigint      NOT NULL,
  payer_amount_fen bigint      NOT NULL,
  currency         text,
  success_at       timestamptz,
  digest           text        NOT NULL,
  received_at      timestamptz NOT NULL,
  UNIQUE (tenant_id, channel, kind, reference, state)
);
CREATE INDEX payment_notice_by_order ON payment_notice (tenant_id, out_trade_no);
CALL fence_append_only('payment_notice');
