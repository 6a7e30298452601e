-- All spaces in the order among siblings, and by when they came.
CREATE INDEX space_by_position ON space (tenant_id, position, name, id);
CREATE INDEX space_by_creation ON space (tenant_id, created_at, id);
