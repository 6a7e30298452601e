package cloud.wuye.device.metering.water;

import cloud.wuye.device.metering.Statement;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.schedule.Batches;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Use case: after each night, looks for water meters behind which it flowed all night; a statement a company. A night that
 * nobody looked at, because the service was away, is looked at with the next one.
 */
@ApplicationScoped
public class LookForLeaks {
    private static final String LOOK = Statement.named("look-for-leaks");
    private static final String DUE =
            """
            SELECT p.*, t.zone FROM leak_policy p JOIN tenant t ON t.id = p.tenant_id
            WHERE p.next_look_at <= $1 ORDER BY p.next_look_at LIMIT 1 FOR UPDATE OF p SKIP LOCKED""";

    private final Db db;
    private final Clock clock;

    LookForLeaks(Db db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** All companies whose night is over; tells how many. */
    public Uni<Integer> now() {
        return Batches.untilDry(() -> db.acrossTenants("nights to be looked at for leaks", this::company));
    }

    private Uni<Integer> company(SqlConnection tx) {
        Instant now = clock.now();
        return tx.preparedQuery(DUE)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC)))
                .flatMap(rows -> rows.size() == 0
                        ? Uni.createFrom().item(0)
                        : look(tx, rows.iterator().next(), now).replaceWith(1));
    }

    private static Uni<Void> look(SqlConnection tx, Row row, Instant now) {
        LeakPolicy policy = LeakPolicy.of(row);
        ZoneId zone = ZoneId.of(row.getString("zone"));
        return tx.preparedQuery(LOOK)
                .execute(Tuple.of(policy.tenantId(), policy.nightBefore(now, zone), now.atOffset(ZoneOffset.UTC)))
                .chain(() -> tx.preparedQuery("UPDATE leak_policy SET next_look_at = $2 WHERE tenant_id = $1")
                        .execute(Tuple.of(
                                policy.tenantId(),
                                LeakPolicy.lookAfter(now, policy.toHour(), zone).atOffset(ZoneOffset.UTC))))
                .replaceWithVoid();
    }
}
