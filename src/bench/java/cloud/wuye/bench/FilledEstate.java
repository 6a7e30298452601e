package cloud.wuye.bench;

import java.sql.SQLException;

/**
 * Companies with a past, written by set-based statements past all fences: in each 25 spaces, and devices of which three in five
 * are electricity meters, each with a reading every quarter of an hour up to now, in the order of time.
 */
final class FilledEstate {
    private static final int SPACES = 25;

    private FilledEstate() {}

    /** Fills an empty plant; at least ten devices a company. */
    static void fill(BenchPlant plant, int devicesOfEach, int readingsOfEach) throws SQLException {
        plant.superuser(
                """
                INSERT INTO space (id, tenant_id, parent_id, kind, name, path, position, created_at)
                SELECT own, t.id, nullif(root, own), CASE WHEN i = 0 THEN 'BUILDING' ELSE 'UNIT' END,
                       'Building ' || i / 5 || ' Room ' || mod(i, 5) || '.' || i,
                       CASE WHEN i = 0 THEN ARRAY[own] ELSE ARRAY[root, own] END, i, now()
                FROM tenant t, generate_series(0, %d) i, uuid(md5(t.id || 's' || i)) own, uuid(md5(t.id || 's0')) root
                ORDER BY i"""
                        .formatted(SPACES - 1));
        plant.superuser(
                """
                INSERT INTO device (id, tenant_id, uid, kind, device_class, serial_no, name, space_id, lifecycle, heartbeat_seconds, created_at)
                SELECT gen_random_uuid(), t.id, left(t.code, 13) || '-' || i,
                       (ARRAY['ELECTRICITY_METER', 'ELECTRICITY_METER', 'ELECTRICITY_METER', 'CHARGING_PILE', 'FACE_TERMINAL'])[1 + mod(i, 5)],
                       (ARRAY['emeter', 'emeter', 'emeter', 'charger', 'face'])[1 + mod(i, 5)],
                       'SN' || lpad(i::text, 10, '0'), 'meter ' || i, uuid(md5(t.id || 's' || mod(i / greatest(1, %1$d / %2$d), %2$d))),
                       'ACTIVE', 86400, now()
                FROM tenant t, generate_series(0, %1$d - 1) i"""
                        .formatted(devicesOfEach, SPACES));
        plant.superuser(
                """
                INSERT INTO device_state (device_id, tenant_id, connectivity, connectivity_at, last_seen_at)
                SELECT id, tenant_id, (ARRAY['ONLINE', 'ONLINE', 'OFFLINE'])[1 + mod(right(serial_no, 9)::int, 3)], now(), now() FROM device""");
        // Made in one go afterwards, the index takes a fraction of the time.
        plant.superuser("ALTER TABLE meter_reading DROP CONSTRAINT meter_reading_pkey");
        plant.superuser(
                """
                INSERT INTO meter_reading (tenant_id, device_id, event_id, read_at, received_at, value, register, source, quality)
                SELECT d.tenant_id, d.id, gen_random_uuid(), at, at, 100 + r * 0.021, 'TOTAL', 'PUSHED', 'VALID'
                FROM generate_series(0, %1$d - 1) r, LATERAL (SELECT date_trunc('hour', now()) - (%1$d - 1 - r) * interval '15 minutes') x (at), device d"""
                        .formatted(readingsOfEach));
        plant.superuser(
                "SET maintenance_work_mem = '512MB'; ALTER TABLE meter_reading ADD PRIMARY KEY (tenant_id, device_id, register, read_at, event_id)");
        plant.vacuum();
    }

    /** So many days of consumption of each device, up to yesterday. */
    static void addDays(BenchPlant plant, int days) throws SQLException {
        plant.superuser(
                """
                ALTER TABLE consumption_day DROP CONSTRAINT consumption_day_pkey;
                DROP INDEX consumption_day_newest;
                INSERT INTO consumption_day (tenant_id, device_id, service_point_id, day, readings, covered_us, quantity, register)
                SELECT d.tenant_id, d.id, d.id, current_date - r, 96, 86400000000, 2.016, 'TOTAL' FROM generate_series(%d, 1, -1) r, device d;
                SET maintenance_work_mem = '512MB';
                ALTER TABLE consumption_day ADD PRIMARY KEY (tenant_id, device_id, register, day, service_point_id);
                CREATE INDEX consumption_day_newest ON consumption_day (tenant_id, register, day DESC, device_id DESC, service_point_id DESC)"""
                        .formatted(days));
        plant.vacuum();
    }
}
