-- The fence round every tenant's rows, put up by one call per table so that no table gets half of it.
--
-- wuye_app   sees the rows of the tenant named in the transaction-local setting app.tenant, and no others. nullif:
--            an empty setting must match nothing, not fail open.
-- wuye_cross sees all tenants; used by ingest, tickers and relays only.
-- The owner is fenced as well (FORCE): a migration that must touch rows says so with its own policy.
CREATE PROCEDURE fence(t regclass)
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
  EXECUTE format('CREATE POLICY tenant_fence ON %s TO wuye_app
      USING (tenant_id = (SELECT nullif(current_setting(''app.tenant'', true), '''')::uuid))
      WITH CHECK (tenant_id = (SELECT nullif(current_setting(''app.tenant'', true), '''')::uuid))', t);
  EXECUTE format('CREATE POLICY across_tenants ON %s TO wuye_cross USING (true) WITH CHECK (true)', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO wuye_app, wuye_cross', t);
END $$;

-- The same for rows that are written once and never changed: audit, readings, journals.
CREATE PROCEDURE fence_append_only(t regclass)
LANGUAGE plpgsql AS $$
BEGIN
  CALL fence(t);
  EXECUTE format('REVOKE UPDATE, DELETE ON %s FROM wuye_app, wuye_cross', t);
END $$;

GRANT USAGE ON SCHEMA public TO wuye_app, wuye_cross;
