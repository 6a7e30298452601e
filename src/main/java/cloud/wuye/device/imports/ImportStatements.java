package cloud.wuye.device.imports;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Writes new devices a slice at a time, one statement for the devices and one for their logins. */
final class ImportStatements {
    private static final int SLICE = 1_000;

    private static final String SPACES =
            "select id from space where id = any($1) and archived_at is null order by id for share";

    private static final String GATEWAYS =
            "select id from device where id = any($1) and kind = 'GATEWAY' and lifecycle <> 'RETIRED' order by id for share";

    private static final String DEVICES =
            """
            insert into device (id, tenant_id, uid, kind, device_class, model, serial_no, name, space_id, gateway_id,
                                heartbeat_seconds, created_at)
            select n.id, $1, n.uid, n.kind, n.class, n.model, n.serial_no, n.name, n.space_id, n.gateway_id, n.heartbeat, $12
            from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::uuid[],
                        $10::uuid[], $11::int[])
              as n(id, uid, kind, class, model, serial_no, name, space_id, gateway_id, heartbeat)
            on conflict (tenant_id, serial_no) do nothing
            returning id""";

    private static final String CREDENTIALS =
            """
            insert into device_credential (tenant_id, device_id, hash, issued_at)
            select $1, n.id, n.hash, $4 from unnest($2::uuid[], $3::text[]) as n(id, hash)""";

    private final SqlConnection connection;
    private final UUID tenantId;
    private final OffsetDateTime now;

    ImportStatements(SqlConnection connection, UUID tenantId, Instant now) {
        this.connection = connection;
        this.tenantId = tenantId;
        this.now = now.atOffset(ZoneOffset.UTC);
    }

    /** Keeps the spaces and gateways that are pointed to in use until the transaction ends; the ids of those that still are. */
    Uni<Set<UUID>> hold(List<Minted> devices) {
        Set<UUID> held = new HashSet<>();
        return hold(SPACES, devices, NewDevice::spaceId, held)
                .chain(() -> hold(GATEWAYS, devices, NewDevice::gatewayId, held))
                .replaceWith(held);
    }

    private Uni<Void> hold(String sql, List<Minted> devices, Function<NewDevice, UUID> target, Set<UUID> held) {
        UUID[] ids = devices.stream()
                .map(minted -> target.apply(minted.device()))
                .filter(Objects::nonNull)
                .distinct()
                .toArray(UUID[]::new);
        return connection
                .preparedQuery(sql)
                .execute(Tuple.of(ids))
                .invoke(rows -> rows.forEach(row -> held.add(row.getUUID(0))))
                .replaceWithVoid();
    }

    /** Writes the devices; gives the ids of those that nobody else registered meanwhile. */
    Uni<Set<UUID>> insert(List<Minted> devices) {
        Set<UUID> written = new HashSet<>();
        Uni<Void> all = Uni.createFrom().voidItem();
        for (int from = 0; from < devices.size(); from += SLICE) {
            List<Minted> slice = devices.subList(from, Math.min(from + SLICE, devices.size()));
            all = all.chain(() -> slice(slice)).invoke(written::addAll).replaceWithVoid();
        }
        return all.replaceWith(written);
    }

    private Uni<Set<UUID>> slice(List<Minted> devices) {
        return connection
                .preparedQuery(DEVICES)
                .execute(deviceValues(devices))
                .map(rows -> {
                    Set<UUID> written = new HashSet<>();
                    rows.forEach(row -> written.add(row.getUUID(0)));
                    return written;
                })
                .call(written -> credentials(devices.stream()
                        .filter(minted -> minted.hash() != null
                                && written.contains(minted.device().id()))
                        .toList()));
    }

    private Uni<Void> credentials(List<Minted> devices) {
        Tuple values = Tuple.tuple()
                .addValue(tenantId)
                .addValue(column(devices, minted -> minted.device().id(), UUID[]::new))
                .addValue(column(devices, minted -> minted.hash().text(), String[]::new))
                .addValue(now);
        return connection.preparedQuery(CREDENTIALS).execute(values).replaceWithVoid();
    }

    private Tuple deviceValues(List<Minted> devices) {
        return Tuple.tuple()
                .addValue(tenantId)
                .addValue(column(devices, minted -> minted.device().id(), UUID[]::new))
                .addValue(column(devices, Minted::uid, String[]::new))
                .addValue(column(devices, minted -> row(minted).kind().name(), String[]::new))
                .addValue(column(
                        devices, minted -> row(minted).kind().deviceClass().word(), String[]::new))
                .addValue(column(devices, minted -> row(minted).model(), String[]::new))
                .addValue(column(devices, minted -> row(minted).serialNo(), String[]::new))
                .addValue(column(devices, minted -> row(minted).name(), String[]::new))
                .addValue(column(devices, minted -> minted.device().spaceId(), UUID[]::new))
                .addValue(column(devices, minted -> minted.device().gatewayId(), UUID[]::new))
                .addValue(column(devices, minted -> row(minted).heartbeatSeconds(), Integer[]::new))
                .addValue(now);
    }

    private static SheetRow row(Minted minted) {
        return minted.device().row();
    }

    private static <T> T[] column(List<Minted> devices, Function<Minted, T> value, IntFunction<T[]> array) {
        List<T> column = new ArrayList<>(devices.size());
        devices.forEach(minted -> column.add(value.apply(minted)));
        return column.toArray(array);
    }
}
