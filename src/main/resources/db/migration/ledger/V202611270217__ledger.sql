-- The books: double entry, append-only. What each account means and the signs: src/main/java/cloud/wuye/ledger/README.md.
--
-- An account is a kind and a subject; it has no row of its own and so nothing to be looked up, made or raced for. The kind
-- alone says the unit and how fine it is counted.
CREATE FUNCTION ledger_unit(account text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN account LIKE 'ENERGY\_%' THEN 'KWH' WHEN account LIKE 'WATER\_%' THEN 'M3' ELSE 'CNY' END
$$;
-- Money that was or will be handed over comes in fen; what accrues has six decimals; quantities have the registers' four.
CREATE FUNCTION ledger_decimals(account text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN account IN ('PSP_CLEARING', 'CASH_DESK', 'BANK', 'REFUND_PAYABLE', 'SUSPENSE', 'PAYMENT_FEE_INCOME',
                     'CHANNEL_FEE_EXPENSE', 'PROMOTION_EXPENSE') THEN 2
    WHEN account LIKE 'ENERGY\_%' OR account LIKE 'WATER\_%' THEN 4
    ELSE 6 END
$$;
CREATE FUNCTION ledger_has_subject(account text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT account IN ('CUSTOMER_CREDIT', 'RECEIVABLE', 'ENERGY_CREDIT', 'WATER_CREDIT')
$$;

CREATE TABLE journal_entry (
  id           uuid        NOT NULL,
  tenant_id    uuid        NOT NULL,
  occurred_at  timestamptz NOT NULL,
  posted_at    timestamptz NOT NULL,
  reverses     uuid,
  -- Of what is posted: tells a repetition from another fact under the same source.
  digest       uuid        NOT NULL,
  line_count   smallint    NOT NULL CHECK (line_count >= 2),
  source_type  text        COLLATE "C" NOT NULL CHECK (source_type <> ''),
  source_id    text        COLLATE "C" NOT NULL CHECK (source_id <> ''),
  kind         text        COLLATE "C" NOT NULL CHECK (kind <> ''),
  memo         text,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT journal_entry_source UNIQUE (tenant_id, source_type, source_id, kind),
  CONSTRAINT journal_entry_reverses FOREIGN KEY (tenant_id, reverses) REFERENCES journal_entry (tenant_id, id)
);
CREATE UNIQUE INDEX journal_entry_reversed_once ON journal_entry (tenant_id, reverses) WHERE reverses IS NOT NULL;
CALL fence_append_only('journal_entry');

-- No foreign key: the trigger below looks its entry up once per entry, a key would once per line.
CREATE TABLE journal_line (
  tenant_id  uuid          NOT NULL,
  entry_id   uuid          NOT NULL,
  subject    uuid          NOT NULL,
  posted_at  timestamptz   NOT NULL,             -- the entry's
  -- The transaction that wrote it. What is below a snapshot's xmin is complete, whatever commits later: the proof's mark.
  xid        bigint        NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
  no         smallint      NOT NULL CHECK (no >= 1),
  account    text          COLLATE "C" NOT NULL,
  amount     numeric(18,6) NOT NULL,             -- debit positive
  PRIMARY KEY (tenant_id, entry_id, no),
  CONSTRAINT journal_line_account CHECK (account IN (
    'PSP_CLEARING', 'CASH_DESK', 'BANK', 'CUSTOMER_CREDIT', 'RECEIVABLE', 'REFUND_PAYABLE', 'SUSPENSE',
    'REVENUE_ELECTRICITY', 'REVENUE_WATER', 'REVENUE_CHARGING_ENERGY', 'REVENUE_CHARGING_SERVICE', 'SERVICE_FEE',
    'PAYMENT_FEE_INCOME', 'CHANNEL_FEE_EXPENSE', 'PROMOTION_EXPENSE', 'ROUNDING',
    'ENERGY_CREDIT', 'ENERGY_SOLD', 'ENERGY_USED', 'WATER_CREDIT', 'WATER_SOLD', 'WATER_USED')),
  CONSTRAINT journal_line_subject
    CHECK (ledger_has_subject(account) = (subject <> '00000000-0000-0000-0000-000000000000')),
  CONSTRAINT journal_line_amount CHECK (amount <> 0 AND amount = round(amount, ledger_decimals(account)))
);
-- An account's statement, and its balance at any line of it, from the index alone.
CREATE INDEX journal_line_statement ON journal_line (tenant_id, account, subject, posted_at, entry_id, no) INCLUDE (amount);
CREATE INDEX journal_line_time ON journal_line USING brin (posted_at) WITH (pages_per_range = 32);
CREATE INDEX journal_line_xid ON journal_line USING brin (xid) WITH (pages_per_range = 32);
CALL fence_append_only('journal_line');

-- Cached balances. A company-wide account has several rows, of which each connection keeps to one, so that posters do not
-- queue for it.
CREATE TABLE ledger_balance (
  tenant_id  uuid          NOT NULL,
  subject    uuid          NOT NULL,
  account    text          COLLATE "C" NOT NULL,
  stripe     smallint      NOT NULL,
  amount     numeric(24,6) NOT NULL,
  PRIMARY KEY (tenant_id, account, subject, stripe)
) WITH (fillfactor = 50);
CALL fence('ledger_balance');
REVOKE DELETE ON ledger_balance FROM wuye_app, wuye_cross;

-- What each kind of account moved on a day (UTC, by posted_at), all subjects together: a trial balance at any instant is a sum
-- of these and of one day's lines.
CREATE TABLE ledger_day (
  tenant_id  uuid          NOT NULL,
  day        date          NOT NULL,
  stripe     smallint      NOT NULL,
  account    text          COLLATE "C" NOT NULL,
  debit      numeric(24,6) NOT NULL,
  credit     numeric(24,6) NOT NULL,
  PRIMARY KEY (tenant_id, account, day, stripe)
) WITH (fillfactor = 50);
CALL fence('ledger_day');
REVOKE DELETE ON ledger_day FROM wuye_app, wuye_cross;

-- The lines of an entry come in the statement that makes it, all of them, and sum to zero in each unit.
CREATE FUNCTION journal_lines_belong() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong record;
BEGIN
  SELECT l.entry_id, l.cny, l.kwh, l.m3 INTO wrong
  FROM (SELECT tenant_id, entry_id, count(*) AS n, max(no) AS highest, min(posted_at) AS since, max(posted_at) AS until,
               coalesce(sum(amount) FILTER (WHERE ledger_unit(account) = 'CNY'), 0) AS cny,
               coalesce(sum(amount) FILTER (WHERE ledger_unit(account) = 'KWH'), 0) AS kwh,
               coalesce(sum(amount) FILTER (WHERE ledger_unit(account) = 'M3'), 0) AS m3
        FROM added GROUP BY tenant_id, entry_id) l
  WHERE l.cny <> 0 OR l.kwh <> 0 OR l.m3 <> 0 OR l.n <> l.highest OR l.since <> l.until
     OR (SELECT e.line_count = l.n AND e.posted_at = l.since FROM journal_entry e
         WHERE e.tenant_id = l.tenant_id AND e.id = l.entry_id) IS NOT TRUE
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'journal entry % does not balance, or these are not all its lines', wrong.entry_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_line_balance', TABLE = 'journal_line',
            DETAIL = format('CNY %s, kWh %s, m³ %s', wrong.cny, wrong.kwh, wrong.m3);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER journal_lines_belong AFTER INSERT ON journal_line
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION journal_lines_belong();

-- No entry without its lines; a reversal undoes exactly what it reverses.
CREATE FUNCTION journal_entries_complete() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong uuid;
BEGIN
  SELECT e.id INTO wrong FROM added e
  WHERE (SELECT count(*) FROM journal_line l WHERE l.tenant_id = e.tenant_id AND l.entry_id = e.id) <> e.line_count
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'journal entry % lacks lines', wrong
      USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_entry_lines', TABLE = 'journal_entry';
  END IF;
  SELECT e.id INTO wrong FROM added e
  WHERE e.reverses IS NOT NULL AND EXISTS (
    SELECT FROM journal_line l WHERE l.tenant_id = e.tenant_id AND l.entry_id IN (e.id, e.reverses)
    GROUP BY l.account, l.subject HAVING sum(l.amount) <> 0)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'journal entry % does not undo what it reverses', wrong
      USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_entry_undoes', TABLE = 'journal_entry';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER journal_entries_complete AFTER INSERT ON journal_entry
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION journal_entries_complete();

-- The grants say it already; this binds the owner too, and whoever is given more one day.
CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal is append-only: post a reversal' USING ERRCODE = 'insufficient_privilege', TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entry
  FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();
CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_line
  FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();

-- How far each company's books are proven, and the sums of its accounts' lines up to there.
CREATE TABLE ledger_proof (
  tenant_id       uuid        PRIMARY KEY,
  mark            bigint      NOT NULL,           -- lines of transactions below it are in ledger_proven
  lines           bigint      NOT NULL,
  proven_at       timestamptz,
  full_at         timestamptz,
  full_wanted_at  timestamptz
);
CALL fence('ledger_proof');
REVOKE DELETE ON ledger_proof FROM wuye_app, wuye_cross;

CREATE TABLE ledger_proven (
  tenant_id  uuid          NOT NULL,
  subject    uuid          NOT NULL,
  account    text          COLLATE "C" NOT NULL,
  amount     numeric(24,6) NOT NULL,
  PRIMARY KEY (tenant_id, account, subject)
) WITH (fillfactor = 70);
CALL fence('ledger_proven');

-- Where a cache disagrees with the lines. Shown until it agrees again; never mended by the proof.
CREATE TABLE ledger_difference (
  id         uuid          PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id  uuid          NOT NULL,
  subject    uuid          NOT NULL,
  account    text          COLLATE "C" NOT NULL,
  cache      text          NOT NULL CHECK (cache IN ('BALANCE', 'DAY_TOTALS')),
  cached     numeric(24,6) NOT NULL,
  summed     numeric(24,6) NOT NULL,
  found_at   timestamptz   NOT NULL,
  seen_at    timestamptz   NOT NULL,
  gone_at    timestamptz
);
CREATE UNIQUE INDEX ledger_difference_open ON ledger_difference (tenant_id, cache, account, subject) WHERE gone_at IS NULL;
CALL fence('ledger_difference');
REVOKE DELETE ON ledger_difference FROM wuye_app, wuye_cross;

GRANT EXECUTE ON FUNCTION ledger_unit, ledger_decimals, ledger_has_subject TO wuye_app, wuye_cross;
