package cloud.wuye.device.inbox;

import cloud.wuye.platform.retention.OldRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Parked messages that were taken in after all; what they said stands where it belongs. */
@ApplicationScoped
class OldReplayedMessages implements OldRows {
    private static final String FORGET =
            """
            WITH gone AS (
              DELETE FROM rejected_message WHERE id IN (
                SELECT id FROM rejected_message WHERE replayed_at < $1::timestamptz LIMIT $2::int FOR UPDATE SKIP LOCKED)
              RETURNING 1)
            SELECT count(*)::int AS gone FROM gone""";

    @Override
    public String kind() {
        return "replayed-messages";
    }

    @Override
    public Duration least() {
        return Duration.ofDays(1);
    }

    @Override
    public Uni<Integer> forget(SqlConnection tx, Instant before, int atMost) {
        return tx.preparedQuery(FORGET)
                .execute(Tuple.of(before.atOffset(ZoneOffset.UTC), atMost))
                .map(rows -> rows.iterator().next().getInteger("gone"));
    }
}
