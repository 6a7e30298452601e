package cloud.wuye.device.metering.billing;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What points owe past its time. The question that whoever decides about supply asks. */
@ApplicationScoped
public class Arrears {
    private static final String OVERDUE =
            """
            SELECT point_id, sum(payable_fen - paid_fen)::bigint AS fen, count(*)::int AS bills, min(overdue_at) AS since
            FROM meter_bill WHERE tenant_id = ANY ($1) AND point_id = ANY ($2) AND state = 'OVERDUE'
            GROUP BY point_id""";

    /**
     * What is overdue.
     *
     * @param fen what is left to pay of those bills
     * @param since when the first of them became overdue
     */
    public record Overdue(UUID pointId, long fen, int bills, Instant since) {}

    /** What is overdue at a point; null when nothing is. */
    public Uni<Overdue> overdue(SqlConnection connection, UUID tenantId, UUID pointId) {
        return overdue(connection, tenantId, List.of(pointId)).map(found -> found.get(pointId));
    }

    /** What is overdue at these points, by point; points that owe nothing are absent. */
    public Uni<Map<UUID, Overdue>> overdue(SqlConnection connection, UUID tenantId, Collection<UUID> pointIds) {
        return overdue(connection, List.of(tenantId), pointIds);
    }

    /** The same of points of several companies. */
    public Uni<Map<UUID, Overdue>> overdue(
            SqlConnection connection, Collection<UUID> tenantIds, Collection<UUID> pointIds) {
        return connection
                .preparedQuery(OVERDUE)
                .execute(Tuple.of(tenantIds.toArray(UUID[]::new), pointIds.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, Overdue> found = new HashMap<>();
                    rows.forEach(row -> found.put(
                            row.getUUID("point_id"),
                            new Overdue(
                                    row.getUUID("point_id"),
                                    row.getLong("fen"),
                                    row.getInteger("bills"),
                                    row.getOffsetDateTime("since").toInstant())));
                    return found;
                });
    }
}
