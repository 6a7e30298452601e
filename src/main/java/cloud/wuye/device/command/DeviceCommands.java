package cloud.wuye.device.command;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The commands and all SQL that changes them. Whoever changes one has its row locked. */
@ApplicationScoped
public class DeviceCommands {
    private static final String SELECT = "SELECT " + CommandRows.COLUMNS + " FROM device_command c WHERE ";
    private static final String UPDATE =
            """
            UPDATE device_command c SET state = r.state, attempt = r.attempt, hand = r.hand, in_relay = r.in_relay,
              deadline = r.deadline, code = r.code, detail = r.detail, result = r.result, settled_at = r.settled_at,
              doubted_at = r.doubted_at
            FROM json_populate_recordset(NULL::device_command, $1::text::json) r
            WHERE c.tenant_id = r.tenant_id AND c.id = r.id""";
    private static final String ATTEMPTS =
            """
            INSERT INTO device_command_attempt AS a
            SELECT * FROM json_populate_recordset(NULL::device_command_attempt, $1::text::json)
            ON CONFLICT (tenant_id, command_id, attempt) DO UPDATE SET
              sent_at = coalesce(a.sent_at, excluded.sent_at), accepted_at = coalesce(a.accepted_at, excluded.accepted_at),
              ended_at = coalesce(excluded.ended_at, a.ended_at), outcome = coalesce(excluded.outcome, a.outcome),
              code = coalesce(excluded.code, a.code), detail = coalesce(excluded.detail, a.detail), late = a.late + excluded.late""";
    private static final String DUE = SELECT + "c.deadline <= $1 ORDER BY c.deadline LIMIT $2 FOR UPDATE SKIP LOCKED";
    private static final String LOCKED = SELECT + "c.id = ANY($1) ORDER BY c.id FOR UPDATE";
    private static final String WITH_DOUBTS = SELECT
            + """
            c.id = ANY($1) OR c.id IN (SELECT r.correlation_id FROM device_command r WHERE r.id = ANY($1))
            ORDER BY c.id FOR UPDATE""";
    private static final String IN_LANE = SELECT
            + """
            c.tenant_id = $1 AND c.device_id = ANY($2) AND c.lane = $3
            AND c.state IN ('QUEUED', 'SENT', 'ACCEPTED', 'TIMED_OUT') ORDER BY c.id FOR UPDATE""";
    private static final String UNKNOWN_IN_LANE = SELECT
            + "c.tenant_id = $1 AND c.device_id = ANY($2) AND c.lane = $3 AND c.state = 'OUTCOME_UNKNOWN' ORDER BY c.id FOR UPDATE";

    private final CommandRows rows;

    DeviceCommands(CommandRows rows) {
        this.rows = rows;
    }

    /** Keeps what changed in commands whose rows are locked. */
    public Uni<Void> save(SqlConnection tx, Collection<DeviceCommand> commands) {
        if (commands.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Uni<RowSet<Row>> update = tx.preparedQuery(UPDATE).execute(Tuple.of(rows.changes(commands)));
        boolean attempts =
                commands.stream().anyMatch(command -> !command.touched().isEmpty());
        return attempts
                ? update.chain(() -> tx.preparedQuery(ATTEMPTS).execute(Tuple.of(rows.attempts(commands))))
                        .replaceWithVoid()
                : update.replaceWithVoid();
    }

    /** Commands whose deadline has passed, locked; those that another replica has in hand are left to it. */
    Uni<List<DeviceCommand>> due(SqlConnection tx, Instant now, int atMost) {
        return list(tx, DUE, Tuple.of(now.atOffset(ZoneOffset.UTC), atMost));
    }

    /** These commands, locked; in the tenant's transaction only its own are found. */
    Uni<List<DeviceCommand>> locked(SqlConnection tx, Collection<UUID> ids) {
        return ids.isEmpty() ? Uni.createFrom().item(List.of()) : list(tx, LOCKED, Tuple.of(ids.toArray(UUID[]::new)));
    }

    /** These commands and those that they read back for, locked. */
    Uni<List<DeviceCommand>> lockedWithDoubts(SqlConnection tx, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : list(tx, WITH_DOUBTS, Tuple.of(ids.toArray(UUID[]::new)));
    }

    /** The open commands of these devices in a lane, locked. */
    public Uni<List<DeviceCommand>> openInLane(SqlConnection tx, UUID tenantId, Collection<UUID> devices, String lane) {
        return list(tx, IN_LANE, Tuple.of(tenantId, devices.toArray(UUID[]::new), lane));
    }

    /** Commands of these devices in a lane that nobody knows the outcome of, locked. */
    public Uni<List<DeviceCommand>> unknownInLane(
            SqlConnection tx, UUID tenantId, Collection<UUID> devices, String lane) {
        return list(tx, UNKNOWN_IN_LANE, Tuple.of(tenantId, devices.toArray(UUID[]::new), lane));
    }

    private static Uni<List<DeviceCommand>> list(SqlConnection tx, String sql, Tuple parameters) {
        return tx.preparedQuery(sql).execute(parameters).map(found -> StreamSupport.stream(found.spliterator(), false)
                .map(CommandRows::read)
                .toList());
    }
}
