-- A device that is named and stands in a named space as well may come twice: whoever asks does not mind, and to sort a
-- hundred thousand devices for it costs more than all the rest.
CREATE OR REPLACE VIEW timetable_device WITH (security_invoker = true) AS
  SELECT t.tenant_id, t.timetable_id, d.id AS device_id, d.device_class
  FROM timetable_target t
  JOIN device d ON d.tenant_id = t.tenant_id AND d.id = t.device_id
  WHERE d.lifecycle IN ('REGISTERED', 'ACTIVE')
  UNION ALL
  SELECT t.tenant_id, t.timetable_id, d.id, d.device_class
  FROM timetable_target t
  JOIN space root ON root.tenant_id = t.tenant_id AND root.id = t.space_id
  JOIN space s ON s.tenant_id = t.tenant_id AND s.path >= root.path
              AND s.path <= root.path || 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid
  JOIN device d ON d.tenant_id = t.tenant_id AND d.space_id = s.id
  WHERE d.lifecycle IN ('REGISTERED', 'ACTIVE');
