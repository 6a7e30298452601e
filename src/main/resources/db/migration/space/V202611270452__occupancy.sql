-- Who lives or works where, from when to when (half-open). A role may be held by several; one person holds one role in one
-- space once at a time.
CREATE TABLE occupancy (
  id           uuid        PRIMARY KEY,
  tenant_id    uuid        NOT NULL,
  space_id     uuid        NOT NULL,
  resident_id  uuid        NOT NULL,
  role         text        NOT NULL CHECK (role IN ('OWNER', 'LESSEE', 'FAMILY', 'STAFF')),
  since        timestamptz NOT NULL,
  until        timestamptz,
  created_at   timestamptz NOT NULL,
  FOREIGN KEY (tenant_id, space_id) REFERENCES space (tenant_id, id),
  FOREIGN KEY (tenant_id, resident_id) REFERENCES resident (tenant_id, id),
  CHECK (until >= since)
);
-- The service refuses all that overlap; this is what no mistake of its can get past.
CREATE UNIQUE INDEX occupancy_open ON occupancy (tenant_id, space_id, resident_id, role) WHERE until IS NULL;
CREATE INDEX occupancy_space ON occupancy (tenant_id, space_id, since, id);
CREATE INDEX occupancy_resident ON occupancy (tenant_id, resident_id, since, id);
CALL fence('occupancy');

-- All spaces that a resident occupies at a time, each once: those they moved into and whatever stands below them.
CREATE FUNCTION occupied_space(of_resident uuid, at timestamptz) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 20 AS $$
  SELECT DISTINCT below.id
    FROM resident r
    JOIN occupancy o ON o.tenant_id = r.tenant_id AND o.resident_id = r.id
    JOIN space above ON above.tenant_id = o.tenant_id AND above.id = o.space_id
    JOIN space below ON below.tenant_id = above.tenant_id AND below.path >= above.path
                    AND below.path < above.path || 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid
   WHERE r.id = of_resident AND o.since <= at AND (o.until IS NULL OR o.until > at)
$$;
REVOKE ALL ON FUNCTION occupied_space FROM PUBLIC;
GRANT EXECUTE ON FUNCTION occupied_space TO wuye_app, wuye_cross;

-- The other way round: for each of these spaces the residents who occupy it or a space above it at a time, each once.
CREATE FUNCTION space_occupant(of_spaces uuid[], at timestamptz) RETURNS TABLE (space_id uuid, resident_id uuid)
LANGUAGE sql STABLE AS $$
  SELECT DISTINCT s.id, o.resident_id
    FROM space s
    JOIN occupancy o ON o.tenant_id = s.tenant_id AND o.space_id = ANY (s.path)
   WHERE s.id = ANY (of_spaces) AND o.since <= at AND (o.until IS NULL OR o.until > at)
$$;
REVOKE ALL ON FUNCTION space_occupant FROM PUBLIC;
GRANT EXECUTE ON FUNCTION space_occupant TO wuye_app, wuye_cross;
