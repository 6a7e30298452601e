package cloud.wuye.device.inbox;

import cloud.wuye.platform.retention.OldRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** What devices told and acknowledged. For as long as a message may come again its row is what keeps it from being taken twice. */
@ApplicationScoped
class OldEvents implements OldRows {
    private static final String FORGET = """
            SELECT forget_device_events($1, $2) AS gone""";

    @Override
    public String kind() {
        return "device-events";
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
