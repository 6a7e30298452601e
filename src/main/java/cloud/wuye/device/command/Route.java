package cloud.wuye.device.command;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Where a command must be published to reach its device.
 *
 * @param topic the device's own, or its gateway's
 * @param child the device's uid when a gateway passes it on, else null
 * @param online whether the device is there
 * @param inService whether it may be told anything at all
 */
record Route(String topic, String child, boolean online, boolean inService) {
    private static final String FIND =
            """
            SELECT d.id, t.code, coalesce(g.device_class, d.device_class) AS class, coalesce(g.uid, d.uid) AS uid,
                   CASE WHEN g.id IS NOT NULL THEN d.uid END AS child,
                   coalesce(s.connectivity = 'ONLINE', false) AS online,
                   d.lifecycle IN ('REGISTERED', 'ACTIVE') AND t.status = 'ACTIVE' AS in_service
            FROM device d
            JOIN tenant t ON t.id = d.tenant_id
            LEFT JOIN device g ON g.id = d.gateway_id AND g.tenant_id = d.tenant_id
            LEFT JOIN device_state s ON s.device_id = d.id AND s.tenant_id = d.tenant_id
            WHERE d.id = ANY($1)""";

    /** The routes to these devices, by their ids. */
    static Uni<Map<UUID, Route>> to(SqlConnection tx, Collection<UUID> devices) {
        return tx.preparedQuery(FIND)
                .execute(Tuple.of((Object) devices.toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.toMap(row -> row.getUUID("id"), Route::of)));
    }

    private static Route of(Row row) {
        String topic = "pm/v1/" + row.getString("code") + "/" + row.getString("class") + "/" + row.getString("uid")
                + "/down/cmd";
        return new Route(topic, row.getString("child"), row.getBoolean("online"), row.getBoolean("in_service"));
    }
}
