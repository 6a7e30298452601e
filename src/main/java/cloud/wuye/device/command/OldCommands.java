package cloud.wuye.device.command;

import cloud.wuye.platform.retention.OldRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Commands that are settled, with their attempts. Those that move credit are money's evidence and stay. */
@ApplicationScoped
class OldCommands implements OldRows {
    private static final String FORGET =
            """
            WITH old AS (
              SELECT id FROM device_command
              WHERE created_at < $1::timestamptz AND settled_at < $1::timestamptz AND deadline IS NULL
                AND kind <> 'INCREMENTAL'
              LIMIT $2::int FOR UPDATE SKIP LOCKED),
            attempts AS (DELETE FROM device_command_attempt a USING old WHERE a.command_id = old.id),
            gone AS (DELETE FROM device_command c USING old WHERE c.id = old.id RETURNING 1)
            SELECT count(*)::int AS gone FROM gone""";

    @Override
    public String kind() {
        return "commands";
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
