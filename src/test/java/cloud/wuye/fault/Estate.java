package cloud.wuye.fault;

import cloud.wuye.platform.Ids;
import cloud.wuye.testing.KitServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** A company with meters, written straight into the database of a service under fault, and what it has to show. */
final class Estate {
    private final String database;
    final String code = "f" + Ids.next().toString().replace("-", "").substring(0, 20);
    final UUID tenant = Ids.next();
    final List<String> uids;

    Estate(String database, int meters) {
        this.database = database;
        this.uids = IntStream.range(0, meters)
                .mapToObj(i -> "m" + i + Ids.next().toString().replace("-", "").substring(12))
                .toList();
        run(
                "INSERT INTO tenant (id, code, name, issuer, base_url, status, status_since, created_at)"
                        + " VALUES (?, ?, ?, ?, 'http://localhost', 'ACTIVE', now(), now())",
                tenant,
                code,
                code,
                "http://localhost/" + code);
        for (String uid : uids) {
            run(
                    "INSERT INTO device (id, tenant_id, uid, kind, device_class, serial_no, name, created_at)"
                            + " VALUES (?, ?, ?, 'ELECTRICITY_METER', 'emeter', ?, ?, now())",
                    Ids.next(),
                    tenant,
                    uid,
                    uid,
                    uid);
        }
    }

    long stored() {
        return Long.parseLong(one("SELECT count(*) FROM meter_reading WHERE tenant_id = ?", tenant));
    }

    /** How many meters counted exactly this much in all. */
    long metersWithConsumption(java.math.BigDecimal total) {
        return Long.parseLong(one(
                "SELECT count(*) FROM (SELECT device_id FROM consumption_by_day WHERE tenant_id = ? GROUP BY device_id"
                        + " HAVING sum(quantity) = ?) same",
                tenant,
                total));
    }

    long rejected(String reason) {
        return Long.parseLong(one("SELECT count(*) FROM rejected_message WHERE reason = ?", reason));
    }

    String one(String sql, Object... values) {
        return run(sql, values).get(0);
    }

    /** The first column of each row. */
    List<String> run(String sql, Object... values) {
        KitServers kit = KitServers.shared();
        try (Connection connection = DriverManager.getConnection(
                        kit.jdbcUrl(database),
                        kit.fact("postgres.cross.username"),
                        kit.fact("postgres.cross.password"));
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            List<String> column = new ArrayList<>();
            if (statement.execute()) {
                ResultSet rows = statement.getResultSet();
                while (rows.next()) {
                    column.add(rows.getString(1));
                }
            }
            return column;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
