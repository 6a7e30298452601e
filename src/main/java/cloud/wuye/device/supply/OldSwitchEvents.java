package cloud.wuye.device.supply;

import cloud.wuye.platform.retention.OldRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** The devices' log of switching. */
@ApplicationScoped
class OldSwitchEvents implements OldRows {
    private static final String FORGET = """
            SELECT forget_switch_events($1, $2) AS gone""";

    @Override
    public String kind() {
        return "switch-events";
    }

    @Override
    public Duration least() {
        return Duration.ofDays(180);
    }

    @Override
    public Uni<Integer> forget(SqlConnection tx, Instant before, int atMost) {
        return tx.preparedQuery(FORGET)
                .execute(Tuple.of(before.atOffset(ZoneOffset.UTC), atMost))
                .map(rows -> rows.iterator().next().getInteger("gone"));
    }
}
