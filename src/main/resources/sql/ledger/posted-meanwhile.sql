-- What stands under sources that another transaction posted while ours waited for it; a statement of its own, to see it.
SELECT (SELECT e.id || CASE WHEN e.digest = g.digest THEN ' SAME' ELSE ' OTHER' END FROM journal_entry e
        WHERE e.tenant_id = g.tenant_id AND e.source_type = g.source_type AND e.source_id = g.source_id AND e.kind = g.kind)
       AS outcome
FROM unnest(cast($1 as uuid[]), cast($2 as text[]), cast($3 as text[]), cast($4 as text[]), cast($5 as uuid[]))
  WITH ORDINALITY AS g (tenant_id, source_type, source_id, kind, digest, n) ORDER BY g.n
