-- A company's mini-program; its secret is sealed.
CREATE TABLE wechat_app (
  tenant_id          uuid        PRIMARY KEY,
  app_id             text        NOT NULL,
  secret             text        NOT NULL,
  secret_fingerprint text        NOT NULL,
  updated_at         timestamptz NOT NULL
);
CALL fence('wechat_app');

-- Who a resident is in it: one WeChat each, and each WeChat one resident's.
CREATE TABLE resident_wechat (
  tenant_id   uuid        NOT NULL,
  resident_id uuid        NOT NULL,
  app_id      text        COLLATE "C" NOT NULL,
  openid      text        COLLATE "C" NOT NULL,
  linked_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, resident_id),
  UNIQUE (tenant_id, app_id, openid),
  FOREIGN KEY (tenant_id, resident_id) REFERENCES resident (tenant_id, id)
);
CALL fence('resident_wechat');
