package cloud.wuye.device.imports;

import cloud.wuye.device.registry.DeviceKind;
import cloud.wuye.device.registry.DeviceLifecycle;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What the rows of a file point to, looked up in two statements however many rows there are.
 *
 * @param devices by serial number: those already there, and the gateways that rows name
 * @param spaces the spaces in use under each way of writing a place: the id, or the names from the top with slashes;
 *     more than one when names repeat
 */
record Lookup(Map<String, Known> devices, Map<String, List<UUID>> spaces) {
    private static final String DEVICES = "select id, serial_no, kind, lifecycle from device where serial_no = any($1)";

    /** Only spaces whose own name is the last of some path are spelled out. */
    private static final String SPACES =
            """
            select s.id, s.id::text as spelled from space s where s.archived_at is null and s.id::text = any($1)
            union all
            select s.id, w.spelled from space s
            cross join lateral (select string_agg(a.name, '/' order by step.n) as spelled
              from unnest(s.path) with ordinality step(id, n) join space a on a.id = step.id) w
            where s.archived_at is null and s.name = any($2) and w.spelled = any($1)""";

    /** A device that is already there. */
    record Known(UUID id, DeviceKind kind, DeviceLifecycle lifecycle) {}

    static Uni<Lookup> of(SqlConnection connection, List<SheetRow> rows) {
        String[] serials = rows.stream()
                .flatMap(row -> Stream.of(row.serialNo(), row.gateway()))
                .filter(Objects::nonNull)
                .distinct()
                .toArray(String[]::new);
        String[] places = rows.stream()
                .map(SheetRow::space)
                .filter(Objects::nonNull)
                .distinct()
                .toArray(String[]::new);
        return devices(connection, serials)
                .chain(devices -> spaces(connection, places).map(spaces -> new Lookup(devices, spaces)));
    }

    private static Uni<Map<String, Known>> devices(SqlConnection connection, String[] serials) {
        return connection.preparedQuery(DEVICES).execute(Tuple.of(serials)).map(rows -> {
            Map<String, Known> found = new HashMap<>();
            rows.forEach(row -> found.put(
                    row.getString("serial_no"),
                    new Known(
                            row.getUUID("id"),
                            DeviceKind.valueOf(row.getString("kind")),
                            DeviceLifecycle.valueOf(row.getString("lifecycle")))));
            return found;
        });
    }

    private static Uni<Map<String, List<UUID>>> spaces(SqlConnection connection, String[] places) {
        if (places.length == 0) {
            return Uni.createFrom().item(Map.of());
        }
        String[] leaves = Stream.of(places)
                .map(place -> place.substring(place.lastIndexOf('/') + 1))
                .distinct()
                .toArray(String[]::new);
        return connection
                .preparedQuery(SPACES)
                .execute(Tuple.of(places, leaves))
                .map(rows -> {
                    Map<String, List<UUID>> found = new HashMap<>();
                    rows.forEach(row -> found.computeIfAbsent(row.getString("spelled"), text -> new ArrayList<>())
                            .add(row.getUUID("id")));
                    return found;
                });
    }
}
