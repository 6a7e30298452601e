package cloud.wuye.device.metering;

import cloud.wuye.platform.retention.OldRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Anomalies that are over. */
@ApplicationScoped
class OldAnomalies implements OldRows {
    private static final String FORGET =
            """
            WITH gone AS (
              DELETE FROM meter_anomaly WHERE id IN (
                SELECT id FROM meter_anomaly WHERE ended_at < $1::timestamptz LIMIT $2::int FOR UPDATE SKIP LOCKED)
              RETURNING 1)
            SELECT count(*)::int AS gone FROM gone""";

    @Override
    public String kind() {
        return "meter-anomalies";
    }

    @Override
    public Duration least() {
        return Duration.ofDays(36);
    }

    @Override
    public Uni<Integer> forget(SqlConnection tx, Instant before, int atMost) {
        return tx.preparedQuery(FORGET)
                .execute(Tuple.of(before.atOffset(ZoneOffset.UTC), atMost))
                .map(rows -> rows.iterator().next().getInteger("gone"));
    }
}
