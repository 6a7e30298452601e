-- The operator's list of companies, by name and by when they came.
CREATE INDEX tenant_by_name ON tenant (name, id);
CREATE INDEX tenant_by_creation ON tenant (created_at DESC, id DESC);
