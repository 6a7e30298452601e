-- Who was where, the latest beginning first: of a company, and of a space.
CREATE INDEX occupancy_newest ON occupancy (tenant_id, since DESC, id DESC);
