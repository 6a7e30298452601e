package cloud.wuye.device.metering.cutoff;

import cloud.wuye.device.command.CommandOrigin;
import cloud.wuye.device.metering.MeterServes;
import cloud.wuye.device.supply.HoldReason;
import cloud.wuye.device.supply.SupplyHolds;
import cloud.wuye.platform.security.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Arrears belong to the account, not to the meter: a meter that is put in where supply is held is held as well, and one that goes
 * is not held any more for what it leaves behind. Nothing is decided anew; the judge goes on with the meter that is there now.
 */
@ApplicationScoped
class HoldsFollowMeters implements MeterServes {
    /** Meters that are where supply is held, as the judge remembers it. An account names its last meter, even one that is gone. */
    private static final String HELD =
            """
            SELECT d.device_id FROM unnest($2::uuid[]) AS d (device_id)
            LEFT JOIN meter_installation i ON i.tenant_id = $1 AND i.device_id = d.device_id AND i.removed_at IS NULL
            JOIN meter_balance b ON b.tenant_id = $1 AND b.device_id = d.device_id
              AND b.point_id = coalesce(i.service_point_id, d.device_id)
            JOIN meter_account a ON a.tenant_id = b.tenant_id AND a.point_id = b.point_id AND a.closed_at IS NULL
            JOIN credit_watch w ON w.tenant_id = b.tenant_id AND w.point_id = b.point_id AND w.held_since IS NOT NULL""";

    private final SupplyHolds holds;

    HoldsFollowMeters(SupplyHolds holds) {
        this.holds = holds;
    }

    @Override
    public Uni<Void> served(SqlConnection tx, UUID tenantId, UUID pointId, UUID deviceId, Collection<UUID> before) {
        List<UUID> concerned =
                Stream.concat(before.stream(), Stream.of(deviceId)).distinct().toList();
        return tx.preparedQuery(HELD)
                .execute(Tuple.of(tenantId, concerned.toArray(UUID[]::new)))
                .flatMap(rows -> {
                    Set<UUID> held = new HashSet<>();
                    rows.forEach(row -> held.add(row.getUUID("device_id")));
                    return release(
                                    tx,
                                    tenantId,
                                    places(concerned.stream()
                                            .filter(each -> !held.contains(each))
                                            .toList()))
                            .chain(() -> open(tx, tenantId, held.contains(deviceId), deviceId));
                });
    }

    /** The account stays held: the meter that is put in next is held as well. */
    @Override
    public Uni<Void> left(SqlConnection tx, UUID tenantId, UUID pointId, UUID deviceId) {
        return holds.release(tx, tenantId, places(List.of(deviceId)), arrears(tenantId, "the meter was taken out"))
                .replaceWithVoid();
    }

    private Uni<Void> release(SqlConnection tx, UUID tenantId, List<SupplyHolds.Place> places) {
        return holds.release(tx, tenantId, places, arrears(tenantId, "another meter serves the account"))
                .replaceWithVoid();
    }

    private Uni<Void> open(SqlConnection tx, UUID tenantId, boolean held, UUID deviceId) {
        return held
                ? holds.open(
                                tx,
                                tenantId,
                                places(List.of(deviceId)),
                                arrears(tenantId, "held before the meter was replaced"))
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private static List<SupplyHolds.Place> places(List<UUID> devices) {
        return devices.stream().map(SupplyHolds.Place::of).toList();
    }

    private static SupplyHolds.Hold arrears(UUID tenantId, String note) {
        return new SupplyHolds.Hold(HoldReason.ARREARS, Caller.system(tenantId), CommandOrigin.SYSTEM, note);
    }
}
