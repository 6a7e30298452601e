package cloud.wuye.device.metering;

import cloud.wuye.device.registry.DeviceKind;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Points are served by one meter at a time: what two of them counted would be one consumption, and only one would be charged. */
@ApplicationScoped
class ServicePoints {
    /** Two people at once must not put two meters in. */
    private static final String ALONE = "SELECT pg_advisory_xact_lock(hashtext('service-point'), hashtext($1 || $2))";

    /** Put in there and not taken out; or a meter that was never put in anywhere, and so serves a point of its own. */
    private static final String SERVED =
            """
            SELECT 1 FROM device d
            WHERE d.tenant_id = $1 AND d.id <> $3 AND d.lifecycle <> 'RETIRED' AND d.kind = any($4) AND (
              d.id IN (SELECT i.device_id FROM meter_installation i
                       WHERE i.tenant_id = $1 AND i.service_point_id = $2 AND i.removed_at IS NULL)
              OR d.id = $2 AND NOT EXISTS (SELECT FROM meter_installation i WHERE i.tenant_id = $1 AND i.device_id = d.id))
            LIMIT 1""";

    /** Refuses with POINT_SERVED while another meter serves the point; nobody else puts one in there until the transaction ends. */
    Uni<Void> requireFree(SqlConnection tx, UUID tenantId, UUID pointId, UUID deviceId) {
        String[] meters = {DeviceKind.ELECTRICITY_METER.name(), DeviceKind.WATER_METER.name()};
        return tx.preparedQuery(ALONE)
                .execute(Tuple.of(tenantId.toString(), pointId.toString()))
                .chain(() -> tx.preparedQuery(SERVED).execute(Tuple.of(tenantId, pointId, deviceId, meters)))
                .invoke(rows -> {
                    if (rows.size() > 0) {
                        throw new Problem(ProblemCode.POINT_SERVED, "servicePointId");
                    }
                })
                .replaceWithVoid();
    }
}
