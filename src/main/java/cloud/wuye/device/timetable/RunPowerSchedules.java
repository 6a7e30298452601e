package cloud.wuye.device.timetable;

import cloud.wuye.device.command.CommandOrigin;
import cloud.wuye.device.command.SendCommands;
import cloud.wuye.device.supply.HoldReason;
import cloud.wuye.device.supply.SupplyHolds;
import cloud.wuye.device.supply.SupplyHolds.Hold;
import cloud.wuye.device.supply.SupplyHolds.Place;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.schedule.Batches;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Use case: opens and releases the holds of the timetables that are due. Each step asks for devices that are not yet as
 * their timetable wants them, so it needs no memory of how far it came: a restart half-way goes on with the rest.
 */
@ApplicationScoped
public class RunPowerSchedules {
    static final String PURPOSE = "POWER";
    private static final int PLACES = 5_000;

    private static final String TO_CUT =
            """
            SELECT d.tenant_id, d.timetable_id::text AS source, d.device_id FROM timetable_device d
            WHERE d.timetable_id = ANY($1) AND d.device_class IN ('emeter', 'wmeter') AND NOT EXISTS (
              SELECT 1 FROM supply_hold h WHERE h.tenant_id = d.tenant_id AND h.device_id = d.device_id
                AND h.reason = 'SCHEDULE' AND h.source = d.timetable_id::text AND h.released_at IS NULL)
            LIMIT $2""";

    /** Of those that let go all; of those that hold, what they do not aim at any more. */
    private static final String TO_RELEASE =
            """
            SELECT h.tenant_id, h.source, h.device_id FROM supply_hold h
            WHERE h.reason = 'SCHEDULE' AND h.released_at IS NULL AND (h.source = ANY($1) OR h.source = ANY($2)
              AND NOT EXISTS (SELECT 1 FROM timetable_device d
                              WHERE d.timetable_id = h.source::uuid AND d.device_id = h.device_id))
            LIMIT $3""";

    private final Db db;
    private final Timetables timetables;
    private final SupplyHolds holds;
    private final SendCommands send;
    private final Clock clock;

    RunPowerSchedules(Db db, Timetables timetables, SupplyHolds holds, SendCommands send, Clock clock) {
        this.db = db;
        this.timetables = timetables;
        this.holds = holds;
        this.send = send;
        this.clock = clock;
    }

    /** Everything that is due now; tells how many timetables and devices that concerned. */
    public Uni<Integer> now() {
        return Batches.untilDry(() -> db.acrossTenants("power schedules", this::batch))
                .invoke(count -> {
                    if (count > 0) {
                        send.hurry();
                    }
                });
    }

    private Uni<Integer> batch(SqlConnection tx) {
        Instant now = clock.now();
        return timetables.due(tx, PURPOSE, now, Batches.SIZE).flatMap(due -> {
            if (due.isEmpty()) {
                return Uni.createFrom().item(0);
            }
            List<String> actions =
                    due.stream().map(row -> row.actionAt(now).orElse(null)).toList();
            return places(tx, TO_CUT, Tuple.of(ids(due, actions, "OFF"), PLACES))
                    .flatMap(toCut -> places(
                                    tx,
                                    TO_RELEASE,
                                    Tuple.of(texts(due, actions, "ON"), texts(due, actions, "OFF"), PLACES))
                            .flatMap(toRelease -> perTenant(
                                            toCut, (tenant, at) -> holds.open(tx, tenant, at, hold(tenant)))
                                    .chain(() -> perTenant(
                                            toRelease, (tenant, at) -> holds.release(tx, tenant, at, hold(tenant))))
                                    .chain(() -> finished(toCut) && finished(toRelease)
                                            ? timetables.done(tx, now, due, actions)
                                            : Uni.createFrom().voidItem())
                                    .replaceWith(due.size() + toCut.size() + toRelease.size())));
        });
    }

    private static boolean finished(List<Located> places) {
        return places.size() < PLACES;
    }

    private static Hold hold(UUID tenantId) {
        return new Hold(HoldReason.SCHEDULE, Caller.system(tenantId), CommandOrigin.SCHEDULE, null);
    }

    private record Located(UUID tenantId, Place place) {}

    private interface Step {
        Uni<List<UUID>> apply(UUID tenantId, Collection<Place> places);
    }

    private static Uni<Void> perTenant(List<Located> located, Step step) {
        Map<UUID, List<Place>> byTenant = located.stream()
                .collect(Collectors.groupingBy(
                        Located::tenantId, TreeMap::new, Collectors.mapping(Located::place, Collectors.toList())));
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Map.Entry<UUID, List<Place>> tenant : byTenant.entrySet()) {
            all = all.chain(() -> step.apply(tenant.getKey(), tenant.getValue()))
                    .replaceWithVoid();
        }
        return all;
    }

    private static Uni<List<Located>> places(SqlConnection tx, String sql, Tuple parameters) {
        return tx.preparedQuery(sql).execute(parameters).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Located(
                        row.getUUID("tenant_id"), new Place(row.getUUID("device_id"), row.getString("source"))))
                .toList());
    }

    private static UUID[] ids(List<TimetableRow> due, List<String> actions, String action) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < due.size(); i++) {
            if (action.equals(actions.get(i))) {
                ids.add(due.get(i).id());
            }
        }
        return ids.toArray(UUID[]::new);
    }

    private static String[] texts(List<TimetableRow> due, List<String> actions, String action) {
        return java.util.Arrays.stream(ids(due, actions, action))
                .map(UUID::toString)
                .toArray(String[]::new);
    }
}
