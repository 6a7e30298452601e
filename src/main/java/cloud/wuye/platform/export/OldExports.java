package cloud.wuye.platform.export;

import cloud.wuye.platform.retention.OldRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Exports that came to an end; what the audit log tells of them stays. */
@ApplicationScoped
class OldExports implements OldRows {
    private static final String FORGET =
            """
            DELETE FROM export_job WHERE id IN (
              SELECT id FROM export_job WHERE state IN ('FAILED', 'EXPIRED', 'CANCELLED') AND requested_at < $1
              ORDER BY requested_at LIMIT $2 FOR UPDATE SKIP LOCKED)""";

    @Override
    public String kind() {
        return "exports";
    }

    @Override
    public Duration least() {
        return Duration.ofDays(2);
    }

    @Override
    public Uni<Integer> forget(SqlConnection tx, Instant before, int atMost) {
        return tx.preparedQuery(FORGET)
                .execute(Tuple.of(before.atOffset(ZoneOffset.UTC), atMost))
                .map(RowSet::rowCount);
    }
}
