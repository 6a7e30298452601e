package cloud.wuye.device.metering;

import static cloud.wuye.platform.db.Columns.utc;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Installations and the counters that hang on them. */
@ApplicationScoped
class Installations {
    private static final String HOLD_KNOWN =
            "SELECT register FROM meter_state WHERE tenant_id = $1 AND device_id = $2 ORDER BY register FOR UPDATE";
    private static final String HOLD = Statement.named("hold-counters");
    private static final String CLOSE_HOURS = Statement.named("close-hours");
    private static final String REBUILD = Statement.named("rebuild-counters");
    private static final String OPEN = "SELECT * FROM meter_installation WHERE tenant_id = $1 AND device_id = $2"
            + " ORDER BY installed_at DESC, opening_id DESC LIMIT 1";
    private static final String SAVE =
            """
            INSERT INTO meter_installation (id, tenant_id, service_point_id, device_id, installed_at, opening_id, initial_register,
              ct_ratio, multiplier, register_digits, max_per_hour, removed_at, closing_id, final_register)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            ON CONFLICT (id) DO UPDATE
            SET removed_at = excluded.removed_at, closing_id = excluded.closing_id, final_register = excluded.final_register""";
    private static final String STATE =
            """
            UPDATE meter_state SET installation_id = $3, service_point_id = $4, in_service = $5, factor = $6, capacity = $7,
              max_per_hour = $8, base_at = NULL, base_value = NULL
            WHERE tenant_id = $1 AND device_id = $2""";
    /** The point's account goes on with the meter that is put in. */
    private static final String SERVE =
            """
            WITH served AS (
              UPDATE meter_account SET device_id = $3, version = version + 1 WHERE tenant_id = $1 AND point_id = $2)
            UPDATE meter_balance SET device_id = $3 WHERE tenant_id = $1 AND point_id = $2""";

    private static final String SERVED_BEFORE =
            """
            SELECT m.device_id FROM meter_installation m
            WHERE m.tenant_id = $1 AND m.service_point_id = $2 AND m.device_id <> $3
            GROUP BY m.device_id HAVING bool_and(m.removed_at IS NOT NULL) ORDER BY m.device_id""";

    private static final String READ =
            """
            INSERT INTO meter_reading (tenant_id, device_id, register, event_id, read_at, received_at, value, source, quality, reason)
            VALUES ($1, $2, 'TOTAL', $3, $4, $5, $6, $7, 'VALID', $8)""";
    private static final String QUALITY = "SELECT quality FROM meter_reading WHERE tenant_id = $1 AND device_id = $2"
            + " AND register = 'TOTAL' AND read_at = $3 AND event_id = $4";

    private final MeteringConfig config;

    Installations(MeteringConfig config) {
        this.config = config;
    }

    /** Locks all counters of a meter, makes the total one if nothing was ever read, and puts their open hours with the others. */
    Uni<Void> hold(SqlClient tx, UUID tenantId, UUID deviceId) {
        return tx.preparedQuery(HOLD_KNOWN)
                .execute(Tuple.of(tenantId, deviceId))
                .chain(() -> tx.preparedQuery(HOLD)
                        .execute(Tuple.of(
                                new UUID[] {tenantId},
                                new UUID[] {deviceId},
                                new String[] {MeterRegister.TOTAL.name()},
                                BigDecimal.TEN.pow(config.registerDigits()),
                                config.maxPerHour())))
                .chain(() -> closeHours(tx, tenantId, deviceId))
                .replaceWithVoid();
    }

    private static Uni<?> closeHours(SqlClient tx, UUID tenantId, UUID deviceId) {
        MeterRegister[] registers = MeterRegister.values();
        UUID[] tenants = new UUID[registers.length];
        UUID[] devices = new UUID[registers.length];
        Arrays.fill(tenants, tenantId);
        Arrays.fill(devices, deviceId);
        return tx.preparedQuery(CLOSE_HOURS)
                .execute(Tuple.of(
                        tenants,
                        devices,
                        Arrays.stream(registers).map(Enum::name).toArray(String[]::new)));
    }

    /** The latest installation of a meter, open or closed, or null. */
    Uni<Installation> latest(SqlClient tx, UUID tenantId, UUID deviceId) {
        return tx.preparedQuery(OPEN)
                .execute(Tuple.of(tenantId, deviceId))
                .map(rows -> rows.size() == 0 ? null : of(rows.iterator().next()));
    }

    /** The meters that were taken out of the point of an installation, without its own. */
    Uni<List<UUID>> servedBefore(SqlClient tx, UUID tenantId, Installation now) {
        return tx.preparedQuery(SERVED_BEFORE)
                .execute(Tuple.of(tenantId, now.servicePointId(), now.deviceId()))
                .map(rows -> {
                    List<UUID> before = new ArrayList<>(rows.size());
                    rows.forEach(row -> before.add(row.getUUID("device_id")));
                    return before;
                });
    }

    /** Writes an installation, its counters' state and the reading that opens or closes it, and judges from there anew. */
    Uni<ReadingQuality> save(SqlClient tx, UUID tenantId, Installation installation, Instant now, String reason) {
        boolean open = installation.removedAt() == null;
        Instant at = open ? installation.installedAt() : installation.removedAt();
        UUID event = open ? installation.openingId() : installation.closingId();
        return tx.preparedQuery(SAVE)
                .execute(row(tenantId, installation))
                .chain(() -> tx.preparedQuery(STATE).execute(state(tenantId, installation, open)))
                .chain(() -> open
                        ? serve(tx, tenantId, installation)
                        : Uni.createFrom().voidItem())
                .chain(() -> tx.preparedQuery(READ).execute(Tuple.from(new Object[] {
                    tenantId,
                    installation.deviceId(),
                    event,
                    utc(at),
                    utc(now),
                    open ? installation.initialRegister() : installation.finalRegister(),
                    (open ? ReadingOrigin.INITIAL : ReadingOrigin.FINAL).name(),
                    reason
                })))
                .chain(() -> rebuild(tx, tenantId, installation.deviceId(), at, now))
                .chain(() ->
                        tx.preparedQuery(QUALITY).execute(Tuple.of(tenantId, installation.deviceId(), utc(at), event)))
                .map(rows -> ReadingQuality.valueOf(rows.iterator().next().getString("quality")));
    }

    /** Judges the readings of a meter and makes its roll-ups anew, from the day of an instant on. */
    Uni<RowSet<Row>> rebuild(SqlClient tx, UUID tenantId, UUID deviceId, Instant since, Instant now) {
        return tx.preparedQuery(REBUILD)
                .execute(Tuple.of(
                        tenantId,
                        deviceId,
                        utc(since),
                        BigDecimal.TEN.pow(config.registerDigits()),
                        config.maxPerHour(),
                        utc(now)));
    }

    private static Uni<Void> serve(SqlClient tx, UUID tenantId, Installation installation) {
        return tx.preparedQuery(SERVE)
                .execute(Tuple.of(tenantId, installation.servicePointId(), installation.deviceId()))
                .replaceWithVoid();
    }

    private static Tuple row(UUID tenantId, Installation installation) {
        return Tuple.from(new Object[] {
            installation.id(),
            tenantId,
            installation.servicePointId(),
            installation.deviceId(),
            utc(installation.installedAt()),
            installation.openingId(),
            installation.initialRegister(),
            installation.ctRatio(),
            installation.multiplier(),
            installation.registerDigits(),
            installation.maxPerHour(),
            utc(installation.removedAt()),
            installation.closingId(),
            installation.finalRegister()
        });
    }

    private static Tuple state(UUID tenantId, Installation installation, boolean open) {
        return Tuple.from(new Object[] {
            tenantId,
            installation.deviceId(),
            installation.id(),
            installation.servicePointId(),
            open,
            installation.factor(),
            installation.capacity(),
            installation.maxPerHour()
        });
    }

    private static Installation of(Row row) {
        return new Installation(
                row.getUUID("id"),
                row.getUUID("service_point_id"),
                row.getUUID("device_id"),
                row.getOffsetDateTime("installed_at").toInstant(),
                row.getUUID("opening_id"),
                row.getBigDecimal("initial_register"),
                row.getBigDecimal("ct_ratio"),
                row.getBigDecimal("multiplier"),
                row.getInteger("register_digits"),
                row.getBigDecimal("max_per_hour"),
                row.getOffsetDateTime("removed_at") == null
                        ? null
                        : row.getOffsetDateTime("removed_at").toInstant(),
                row.getUUID("closing_id"),
                row.getBigDecimal("final_register"));
    }
}
