-- What meters used, of the whole company by the day. The key columns never change, so what is added to a day stays a cheap update.
CREATE INDEX consumption_day_newest ON consumption_day (tenant_id, register, day DESC, device_id DESC, service_point_id DESC);
