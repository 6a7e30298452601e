package cloud.wuye.device.supply;

import cloud.wuye.device.command.CommandOrigin;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Opens and releases holds, and with them switches devices: a device is off exactly while a hold is open. Repeating either
 * changes nothing. Devices without a switch are passed over.
 */
@ApplicationScoped
public class SupplyHolds {
    private static final String OPEN =
            """
            WITH opened AS (
              INSERT INTO supply_hold (id, tenant_id, device_id, reason, source, since, by_subject, by_name, note)
              SELECT r.id, $1, r.device_id, $4, $5, $6, $7, $8, $9 FROM unnest($2::uuid[], $3::uuid[]) AS r (id, device_id)
              ORDER BY r.device_id
              ON CONFLICT (tenant_id, device_id, reason, source) WHERE released_at IS NULL DO NOTHING
              RETURNING id, device_id)
            INSERT INTO switch_event (id, tenant_id, device_id, at, what, reason, source, by_subject, by_name, note)
            SELECT id, $1, device_id, $6, 'HOLD_OPENED', $4, $5, $7, $8, $9 FROM opened RETURNING device_id""";

    private static final String RELEASE =
            """
            WITH released AS (
              UPDATE supply_hold SET released_at = $5, released_by = $6, release_note = $8
              WHERE tenant_id = $1 AND device_id = ANY($2) AND reason = $3 AND source = $4 AND released_at IS NULL
              RETURNING id, device_id)
            INSERT INTO switch_event (id, tenant_id, device_id, at, what, reason, source, by_subject, by_name, note)
            SELECT gen_random_uuid(), $1, device_id, $5, 'HOLD_RELEASED', $3, $4, $6, $7, $8 FROM released
            RETURNING device_id""";

    private final Reconciler reconciler;
    private final Clock clock;

    SupplyHolds(Reconciler reconciler, Clock clock) {
        this.reconciler = reconciler;
        this.clock = clock;
    }

    /**
     * What keeps devices off.
     *
     * @param reason why
     * @param source tells several of one reason apart (a timetable's id); empty where there is one
     * @param by who opens or releases it
     * @param origin what sort of who
     * @param note why, in words, or null
     */
    public record Hold(HoldReason reason, String source, Caller by, CommandOrigin origin, String note) {
        /** A person's doing. */
        public static Hold byUser(HoldReason reason, Caller by, String note) {
            return new Hold(reason, "", by, CommandOrigin.USER, note);
        }

        private Reconciler.Cause cause() {
            return new Reconciler.Cause(by, origin, note);
        }
    }

    /** Opens a hold on each of these devices that has none such; gives the devices it was new for. */
    public Uni<List<UUID>> open(SqlConnection tx, UUID tenantId, Collection<UUID> devices, Hold hold) {
        Instant now = clock.now();
        List<UUID> opened = new ArrayList<>();
        return reconciler
                .change(tx, tenantId, devices, hold.cause(), locked -> tx.preparedQuery(OPEN)
                        .execute(Tuple.from(new Object[] {
                            tenantId,
                            locked.stream().map(device -> Ids.next()).toArray(UUID[]::new),
                            locked.toArray(UUID[]::new),
                            hold.reason().name(),
                            hold.source(),
                            now.atOffset(ZoneOffset.UTC),
                            hold.by().subject(),
                            hold.by().name(),
                            hold.note()
                        }))
                        .invoke(rows -> collect(rows, opened))
                        .replaceWithVoid())
                .replaceWith(opened);
    }

    /** Releases that hold wherever it is open; gives the devices it was open on. SAFETY is refused to all but persons. */
    public Uni<List<UUID>> release(SqlConnection tx, UUID tenantId, Collection<UUID> devices, Hold hold) {
        if (hold.reason() == HoldReason.SAFETY && hold.origin() != CommandOrigin.USER) {
            throw new Problem(ProblemCode.FORBIDDEN);
        }
        Instant now = clock.now();
        List<UUID> released = new ArrayList<>();
        return reconciler
                .change(tx, tenantId, devices, hold.cause(), locked -> tx.preparedQuery(RELEASE)
                        .execute(Tuple.from(new Object[] {
                            tenantId,
                            locked.toArray(UUID[]::new),
                            hold.reason().name(),
                            hold.source(),
                            now.atOffset(ZoneOffset.UTC),
                            hold.by().subject(),
                            hold.by().name(),
                            hold.note()
                        }))
                        .invoke(rows -> collect(rows, released))
                        .replaceWithVoid())
                .replaceWith(released);
    }

    private static void collect(RowSet<Row> rows, List<UUID> devices) {
        rows.forEach(row -> devices.add(row.getUUID(0)));
    }
}
