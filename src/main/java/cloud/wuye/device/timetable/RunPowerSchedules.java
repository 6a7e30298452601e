package cloud.wuye.device.timetable;

import cloud.wuye.device.command.CommandOrigin;
import cloud.wuye.device.command.SendCommands;
import cloud.wuye.device.supply.HoldReason;
import cloud.wuye.device.supply.SupplyHolds;
import cloud.wuye.device.supply.SupplyHolds.Hold;
import cloud.wuye.device.supply.SupplyHolds.Place;
import cloud.wuye.platform.db.Plans;
import cloud.wuye.platform.security.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Use case: opens and releases the holds of the timetables that are due. Each step asks for devices that are not yet as
 * their timetable wants them, so it needs no memory of how far it came: a restart half-way goes on with the rest.
 */
@ApplicationScoped
public class RunPowerSchedules {
    static final String PURPOSE = "POWER";
    private static final int PLACES = 10_000;

    /** Timetables at a time: after each so many places all that these aim at is looked at once more. */
    private static final int TIMETABLES = 10;

    /** Passes at once, each with timetables of its own: while the database writes down the one, the next is made ready. */
    private static final int AT_ONCE = 2;

    /** Both sides are gathered first and matched by hash: looked up one by one, a hundred thousand devices take minutes. */
    private static final String BOTH =
            """
            WITH aimed AS MATERIALIZED (
              SELECT tenant_id, timetable_id, device_id FROM timetable_device
              WHERE timetable_id = ANY($1) AND device_class IN ('emeter', 'wmeter')),
            held AS MATERIALIZED (
              SELECT tenant_id, source, source::uuid AS timetable_id, device_id FROM supply_hold
              WHERE reason = 'SCHEDULE' AND released_at IS NULL AND source = ANY($2))
            """;

    private static final String TO_CUT = BOTH
            + """
            SELECT a.tenant_id, a.timetable_id::text AS source, a.device_id FROM aimed a
            WHERE NOT EXISTS (SELECT 1 FROM held h WHERE h.timetable_id = a.timetable_id AND h.device_id = a.device_id)
            LIMIT $3""";

    /** What timetables hold that they do not aim at any more. */
    private static final String STRAYS = BOTH
            + """
            SELECT h.tenant_id, h.source, h.device_id FROM held h
            WHERE NOT EXISTS (SELECT 1 FROM aimed a WHERE a.timetable_id = h.timetable_id AND a.device_id = h.device_id)
            LIMIT $3""";

    private static final String TO_RELEASE =
            """
            SELECT tenant_id, source, device_id FROM supply_hold
            WHERE reason = 'SCHEDULE' AND released_at IS NULL AND source = ANY($1) LIMIT $2""";

    private final RunDue due;
    private final Timetables timetables;
    private final SupplyHolds holds;
    private final SendCommands send;

    RunPowerSchedules(RunDue due, Timetables timetables, SupplyHolds holds, SendCommands send) {
        this.due = due;
        this.timetables = timetables;
        this.holds = holds;
        this.send = send;
    }

    /** Everything that is due now; tells how many timetables and devices that concerned. */
    public Uni<Integer> now() {
        return due.untilDry(PURPOSE, TIMETABLES, AT_ONCE, this::batch).invoke(count -> {
            if (count > 0) {
                send.hurry();
            }
        });
    }

    private Uni<Integer> batch(SqlConnection tx, List<TimetableRow> rows, Instant now) {
        List<String> actions =
                rows.stream().map(row -> row.actionAt(now).orElse(null)).toList();
        UUID[] holding = ids(rows, actions, "OFF");
        return Plans.anew(tx)
                .chain(() -> places(tx, TO_CUT, Tuple.of(holding, texts(holding), PLACES)))
                .flatMap(toCut -> toRelease(tx, holding, ids(rows, actions, "ON"), finished(toCut))
                        .flatMap(toRelease -> change(tx, toCut, toRelease)
                                .chain(() -> finished(toCut) && finished(toRelease)
                                        ? timetables.done(tx, now, rows, actions)
                                        : Uni.createFrom().voidItem())
                                .replaceWith(rows.size() + toCut.size() + toRelease.size())));
    }

    /** Of those that let go all; of those that hold, once they hold everything, what they do not aim at any more. */
    private static Uni<List<Located>> toRelease(SqlConnection tx, UUID[] holding, UUID[] lettingGo, boolean allHeld) {
        Uni<List<Located>> letGo = places(tx, TO_RELEASE, Tuple.of(texts(lettingGo), PLACES));
        return !allHeld || holding.length == 0
                ? letGo
                : letGo.flatMap(some -> !finished(some)
                        ? Uni.createFrom().item(some)
                        : places(tx, STRAYS, Tuple.of(holding, texts(holding), PLACES - some.size()))
                                .map(strays -> Stream.concat(some.stream(), strays.stream())
                                        .toList()));
    }

    private static boolean finished(List<Located> places) {
        return places.size() < PLACES;
    }

    private static Hold hold(UUID tenantId) {
        return new Hold(HoldReason.SCHEDULE, Caller.system(tenantId), CommandOrigin.SCHEDULE, null);
    }

    private record Located(UUID tenantId, Place place) {}

    /** Company by company, each time in the same order: two passes that meet in one must not wait for each other in a ring. */
    private Uni<Void> change(SqlConnection tx, List<Located> toCut, List<Located> toRelease) {
        Map<UUID, List<Place>> cut = byTenant(toCut);
        Map<UUID, List<Place>> release = byTenant(toRelease);
        Set<UUID> tenants = new TreeSet<>(cut.keySet());
        tenants.addAll(release.keySet());
        Uni<Void> all = Uni.createFrom().voidItem();
        for (UUID tenant : tenants) {
            all = all.chain(() -> holds.open(tx, tenant, cut.getOrDefault(tenant, List.of()), hold(tenant)))
                    .chain(() -> holds.release(tx, tenant, release.getOrDefault(tenant, List.of()), hold(tenant)))
                    .replaceWithVoid();
        }
        return all;
    }

    private static Map<UUID, List<Place>> byTenant(List<Located> located) {
        return located.stream()
                .collect(Collectors.groupingBy(
                        Located::tenantId, Collectors.mapping(Located::place, Collectors.toList())));
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

    private static String[] texts(UUID[] ids) {
        return Arrays.stream(ids).map(UUID::toString).toArray(String[]::new);
    }
}
