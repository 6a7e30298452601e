-- Posts a batch of entries; what was posted before is left alone.
--
-- Locks are taken in one order: entries by source, then balances by account, then day totals. The hashed IN … IS TRUE stands
-- where a join would: the planner takes an array for ten rows and would loop over the batch squared.
WITH given AS MATERIALIZED (
  SELECT * FROM unnest(cast($1 as uuid[]), cast($2 as uuid[]), cast($3 as text[]), cast($4 as text[]), cast($5 as text[]),
                       cast($6 as timestamptz[]), cast($7 as text[]), cast($8 as uuid[]), cast($9 as uuid[]), cast($10 as int[]))
    WITH ORDINALITY AS g (tenant_id, id, source_type, source_id, kind, occurred_at, memo, reverses, digest, line_count, n)
), fresh AS (
  INSERT INTO journal_entry (tenant_id, id, source_type, source_id, kind, occurred_at, posted_at, memo, reverses, digest, line_count)
  SELECT tenant_id, id, source_type, source_id, kind, occurred_at, cast($17 as timestamptz), memo, reverses, digest, line_count
  FROM given ORDER BY tenant_id, source_type, source_id, kind
  ON CONFLICT (tenant_id, source_type, source_id, kind) DO NOTHING
  RETURNING id
), line AS MATERIALIZED (
  SELECT * FROM unnest(cast($11 as uuid[]), cast($12 as uuid[]), cast($13 as int[]), cast($14 as text[]), cast($15 as uuid[]),
                       cast($16 as numeric[])) AS l (tenant_id, entry_id, no, account, subject, amount)
  WHERE (entry_id IN (SELECT id FROM fresh)) IS TRUE
), written AS (
  INSERT INTO journal_line (tenant_id, entry_id, no, account, subject, amount, posted_at)
  SELECT tenant_id, entry_id, no, account, subject, amount, cast($17 as timestamptz) FROM line
), balanced AS (
  INSERT INTO ledger_balance AS b (tenant_id, account, subject, stripe, amount)
  SELECT tenant_id, account, subject,
         CASE WHEN subject = '00000000-0000-0000-0000-000000000000' THEN mod(pg_backend_pid(), 8) ELSE 0 END, sum(amount)
  FROM line GROUP BY tenant_id, account, subject ORDER BY tenant_id, account, subject
  ON CONFLICT (tenant_id, account, subject, stripe) DO UPDATE SET amount = b.amount + excluded.amount
), totalled AS (
  INSERT INTO ledger_day AS d (tenant_id, account, day, stripe, debit, credit)
  SELECT tenant_id, account, cast(cast($17 as timestamptz) AT TIME ZONE 'UTC' as date), mod(pg_backend_pid(), 8),
         coalesce(sum(amount) FILTER (WHERE amount > 0), 0), coalesce(-sum(amount) FILTER (WHERE amount < 0), 0)
  FROM line GROUP BY tenant_id, account ORDER BY tenant_id, account
  ON CONFLICT (tenant_id, account, day, stripe)
  DO UPDATE SET debit = d.debit + excluded.debit, credit = d.credit + excluded.credit
)
-- The id under which it stands; then whether it is new, or whether what stands there is the same. Nothing where somebody else
-- posted it meanwhile: this statement's snapshot is older than that.
SELECT CASE WHEN (g.id IN (SELECT id FROM fresh)) IS TRUE THEN g.id || ' NEW'
       ELSE (SELECT e.id || CASE WHEN e.digest = g.digest THEN ' SAME' ELSE ' OTHER' END FROM journal_entry e
             WHERE e.tenant_id = g.tenant_id AND e.source_type = g.source_type AND e.source_id = g.source_id AND e.kind = g.kind)
       END AS outcome
FROM given g ORDER BY g.n
