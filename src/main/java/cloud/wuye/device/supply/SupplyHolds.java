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
              SELECT r.id, $1, r.device_id, $5, r.source, $6, $7, $8, $9
              FROM unnest($2::uuid[], $3::uuid[], $4::text[]) AS r (id, device_id, source)
              JOIN supply_switch w ON w.device_id = r.device_id AND w.tenant_id = $1
              ORDER BY r.device_id
              ON CONFLICT (tenant_id, device_id, reason, source) WHERE released_at IS NULL DO NOTHING
              RETURNING id, device_id, source)
            INSERT INTO switch_event (id, tenant_id, device_id, at, what, reason, source, by_subject, by_name, note)
            SELECT id, $1, device_id, $6, 'HOLD_OPENED', $5, source, $7, $8, $9 FROM opened RETURNING device_id""";

    private static final String RELEASE =
            """
            WITH released AS (
              UPDATE supply_hold h SET released_at = $5, released_by = $6, release_note = $8
              FROM unnest($2::uuid[], $3::text[]) AS r (device_id, source)
              WHERE h.tenant_id = $1 AND h.device_id = r.device_id AND h.reason = $4 AND h.source = r.source
                AND h.released_at IS NULL
              RETURNING h.device_id, h.source)
            INSERT INTO switch_event (id, tenant_id, device_id, at, what, reason, source, by_subject, by_name, note)
            SELECT gen_random_uuid(), $1, device_id, $5, 'HOLD_RELEASED', $4, source, $6, $7, $8 FROM released
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
     * @param by who opens or releases it
     * @param origin what sort of who
     * @param note why, in words, or null
     */
    public record Hold(HoldReason reason, Caller by, CommandOrigin origin, String note) {
        /** A person's doing. */
        public static Hold byUser(HoldReason reason, Caller by, String note) {
            return new Hold(reason, by, CommandOrigin.USER, note);
        }

        /** Who switches by hand has seen how the device stands, and may be wrong by now. Safety does not ask. */
        private Reconciler.Cause cause() {
            boolean seen = origin == CommandOrigin.USER && reason == HoldReason.MANUAL;
            return new Reconciler.Cause(by, origin, note, seen);
        }
    }

    /**
     * Where it holds.
     *
     * @param source tells several holds of one reason on a device apart (a timetable's id); empty where there is one
     */
    public record Place(UUID deviceId, String source) {
        /** The only one of its reason. */
        public static Place of(UUID deviceId) {
            return new Place(deviceId, "");
        }
    }

    /** Opens a hold at each place that has none such; gives the devices it was new for. */
    public Uni<List<UUID>> open(SqlConnection tx, UUID tenantId, Collection<Place> places, Hold hold) {
        return change(tx, tenantId, places, SwitchState.OFF, hold, () -> tx.preparedQuery(OPEN)
                .execute(Tuple.from(new Object[] {
                    tenantId,
                    places.stream().map(place -> Ids.next()).toArray(UUID[]::new),
                    places.stream().map(Place::deviceId).toArray(UUID[]::new),
                    places.stream().map(Place::source).toArray(String[]::new),
                    hold.reason().name(),
                    clock.now().atOffset(ZoneOffset.UTC),
                    hold.by().subject(),
                    hold.by().name(),
                    hold.note()
                })));
    }

    /** Releases that hold wherever it is open; gives the devices it was open on. SAFETY is refused to all but persons. */
    public Uni<List<UUID>> release(SqlConnection tx, UUID tenantId, Collection<Place> places, Hold hold) {
        if (hold.reason() == HoldReason.SAFETY && hold.origin() != CommandOrigin.USER) {
            throw new Problem(ProblemCode.FORBIDDEN);
        }
        return change(tx, tenantId, places, SwitchState.ON, hold, () -> tx.preparedQuery(RELEASE)
                .execute(Tuple.of(
                                tenantId,
                                places.stream().map(Place::deviceId).toArray(UUID[]::new),
                                places.stream().map(Place::source).toArray(String[]::new),
                                hold.reason().name(),
                                clock.now().atOffset(ZoneOffset.UTC),
                                hold.by().subject())
                        .addValue(hold.by().name())
                        .addValue(hold.note())));
    }

    private Uni<List<UUID>> change(
            SqlConnection tx,
            UUID tenantId,
            Collection<Place> places,
            SwitchState firstDesired,
            Hold hold,
            java.util.function.Supplier<Uni<RowSet<Row>>> statement) {
        List<UUID> devices = places.stream().map(Place::deviceId).distinct().toList();
        List<UUID> changed = new ArrayList<>();
        return reconciler
                .change(tx, tenantId, devices, firstDesired, hold.cause(), () -> statement
                        .get()
                        .invoke(rows -> collect(rows, changed))
                        .replaceWithVoid())
                .replaceWith(changed);
    }

    private static void collect(RowSet<Row> rows, List<UUID> devices) {
        rows.forEach(row -> devices.add(row.getUUID(0)));
    }
}
