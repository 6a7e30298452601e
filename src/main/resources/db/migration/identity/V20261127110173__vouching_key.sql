-- The keys with which a company's people are vouched for at its realm; the secret half is sealed.
CREATE TABLE vouching_key (
  tenant_id   uuid        NOT NULL,
  kid         text        COLLATE "C" NOT NULL,
  public_key  text        NOT NULL,
  private_key text        NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, kid)
);
CALL fence('vouching_key');

-- When somebody last came in by their WeChat after a pause; the many times in between are not written down.
ALTER TABLE resident_wechat ADD COLUMN logged_in_at timestamptz;
