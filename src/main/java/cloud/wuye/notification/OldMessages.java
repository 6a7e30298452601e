package cloud.wuye.notification;

import cloud.wuye.platform.retention.OldRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** What people were told, read or not: who has not looked for so long will not. What it was about stands where it happened. */
@ApplicationScoped
class OldMessages implements OldRows {
    private static final String FORGET =
            """
            WITH gone AS (
              DELETE FROM message WHERE id IN (
                SELECT id FROM message WHERE created_at < $1::timestamptz ORDER BY created_at LIMIT $2::int FOR UPDATE SKIP LOCKED)
              RETURNING 1)
            SELECT count(*)::int AS gone FROM gone""";

    @Override
    public String kind() {
        return "messages";
    }

    /** A message's row is what tells that somebody was told already, when the news of it comes again. */
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
