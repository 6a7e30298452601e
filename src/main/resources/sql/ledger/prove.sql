-- Adds the lines written since the last proof to the proven sums, and holds all cached balances and day totals of these companies
-- against sums of lines. One statement, so one snapshot. Lines of transactions that may still be running when others commit are
-- summed but not yet settled: the mark stays below the snapshot's xmin.
WITH snapshot AS MATERIALIZED (
  SELECT cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint) AS mark
), books AS MATERIALIZED (
  SELECT tenant_id, mark AS since FROM ledger_proof WHERE tenant_id = ANY ($1::uuid[])
), news AS MATERIALIZED (
  SELECT l.tenant_id, l.account, l.subject, sum(l.amount) AS amount,
         coalesce(sum(l.amount) FILTER (WHERE l.xid < s.mark), 0) AS settled, count(*) FILTER (WHERE l.xid < s.mark) AS lines
  FROM journal_line l JOIN books b ON b.tenant_id = l.tenant_id AND l.xid >= b.since CROSS JOIN snapshot s
  WHERE l.xid >= (SELECT min(since) FROM books)
  GROUP BY l.tenant_id, l.account, l.subject
), summed AS MATERIALIZED (
  SELECT tenant_id, account, subject, sum(amount) AS amount
  FROM (SELECT p.tenant_id, p.account, p.subject, p.amount FROM ledger_proven p JOIN books b ON b.tenant_id = p.tenant_id
        UNION ALL SELECT tenant_id, account, subject, amount FROM news) a
  GROUP BY tenant_id, account, subject
), cached AS (
  SELECT c.tenant_id, c.account, c.subject, sum(c.amount) AS amount
  FROM ledger_balance c JOIN books b ON b.tenant_id = c.tenant_id GROUP BY c.tenant_id, c.account, c.subject
), summed_kind AS (
  SELECT tenant_id, account, sum(amount) AS amount FROM summed GROUP BY tenant_id, account
), cached_kind AS (
  SELECT c.tenant_id, c.account, sum(c.debit - c.credit) AS amount
  FROM ledger_day c JOIN books b ON b.tenant_id = c.tenant_id GROUP BY c.tenant_id, c.account
), found AS MATERIALIZED (
  SELECT tenant_id, 'BALANCE' AS cache, account, subject, coalesce(c.amount, 0) AS cached, coalesce(s.amount, 0) AS summed
  FROM cached c FULL JOIN summed s USING (tenant_id, account, subject) WHERE coalesce(c.amount, 0) <> coalesce(s.amount, 0)
  UNION ALL
  SELECT tenant_id, 'DAY_TOTALS', account, cast('00000000-0000-0000-0000-000000000000' as uuid), coalesce(c.amount, 0), coalesce(s.amount, 0)
  FROM cached_kind c FULL JOIN summed_kind s USING (tenant_id, account) WHERE coalesce(c.amount, 0) <> coalesce(s.amount, 0)
), kept AS (
  INSERT INTO ledger_difference AS d (tenant_id, cache, account, subject, cached, summed, found_at, seen_at)
  SELECT tenant_id, cache, account, subject, cached, summed, $2, $2 FROM found
  ON CONFLICT (tenant_id, cache, account, subject) WHERE gone_at IS NULL
  DO UPDATE SET cached = excluded.cached, summed = excluded.summed, seen_at = excluded.seen_at
), gone AS (
  UPDATE ledger_difference d SET gone_at = $2 FROM books b
  WHERE d.tenant_id = b.tenant_id AND d.gone_at IS NULL AND d.cache IN ('BALANCE', 'DAY_TOTALS') AND NOT EXISTS (
    SELECT FROM found f WHERE f.tenant_id = d.tenant_id AND f.cache = d.cache AND f.account = d.account AND f.subject = d.subject)
), settled AS (
  INSERT INTO ledger_proven AS p (tenant_id, account, subject, amount)
  SELECT tenant_id, account, subject, settled FROM news WHERE lines > 0 ORDER BY tenant_id, account, subject
  ON CONFLICT (tenant_id, account, subject) DO UPDATE SET amount = p.amount + excluded.amount
), noted AS (
  UPDATE ledger_proof p SET mark = s.mark, proven_at = $2,
    lines = p.lines + coalesce((SELECT sum(n.lines) FROM news n WHERE n.tenant_id = p.tenant_id), 0)
  FROM snapshot s, books b WHERE p.tenant_id = b.tenant_id
)
SELECT (SELECT coalesce(sum(lines), 0)::bigint FROM news) AS lines, (SELECT count(*) FROM found) AS differences,
       (SELECT string_agg(format('%s of %s:%s of company %s is %s, its lines sum to %s', cache, account, subject, tenant_id,
                                 cached, summed), '; ') FROM (SELECT * FROM found LIMIT 10) f) AS examples
