-- The tree of places: community, building, floor, unit and whatever else a company's estates have.
--
-- path holds the ids from the root down to the row itself. Arrays compare element by element, so one btree range
-- [path, path || ffffffff-…) is the whole subtree, and the array itself is the breadcrumb. No extension needed.
CREATE TABLE space (
  id           uuid        PRIMARY KEY,
  tenant_id    uuid        NOT NULL,
  parent_id    uuid,
  kind         text        NOT NULL CHECK (kind ~ '^[A-Z][A-Z0-9_]{0,31}$'),
  name         text        COLLATE "C" NOT NULL CHECK (name = btrim(name) AND length(name) BETWEEN 1 AND 100),
  path         uuid[]      NOT NULL CHECK (path[cardinality(path)] = id AND cardinality(path) BETWEEN 1 AND 16),
  position     int         NOT NULL DEFAULT 0,
  version      int         NOT NULL DEFAULT 0,
  created_at   timestamptz NOT NULL,
  archived_at  timestamptz,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, parent_id) REFERENCES space (tenant_id, id),
  -- The parent is the last but one of the path, or there is none.
  CHECK (parent_id IS NOT DISTINCT FROM path[cardinality(path) - 1])
);
CREATE UNIQUE INDEX space_sibling_name ON space (tenant_id, parent_id, name) NULLS NOT DISTINCT WHERE archived_at IS NULL;
CREATE INDEX space_subtree ON space (tenant_id, path);
CREATE INDEX space_by_name ON space (tenant_id, name, id);
CREATE INDEX space_children ON space (tenant_id, parent_id, position, name, id);
CALL fence('space');
