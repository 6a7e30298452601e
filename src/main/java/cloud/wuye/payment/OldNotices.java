package cloud.wuye.payment;

import cloud.wuye.platform.retention.OldRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** What the channels told us. What it did stands with the orders, the refunds and in the books. */
@ApplicationScoped
class OldNotices implements OldRows {
    private static final String FORGET = """
            SELECT forget_payment_notices($1, $2) AS gone""";

    @Override
    public String kind() {
        return "payment-notices";
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
