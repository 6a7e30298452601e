package cloud.wuye.payment.reconciliation;

import cloud.wuye.platform.retention.OldRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Rows of the channels' bills. What they came to stands in the runs, what they differed in with the differences. */
@ApplicationScoped
class OldBillRows implements OldRows {
    private static final String FORGET =
            """
            WITH trades AS (
              DELETE FROM bill_trade WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM bill_trade WHERE day < $1 LIMIT $2::int FOR UPDATE SKIP LOCKED)) RETURNING 1
            ), flows AS (
              DELETE FROM bill_flow WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM bill_flow WHERE day < $1 LIMIT $2::int FOR UPDATE SKIP LOCKED)) RETURNING 1
            )
            SELECT ((SELECT count(*) FROM trades) + (SELECT count(*) FROM flows))::int AS gone""";

    @Override
    public String kind() {
        return "bill-rows";
    }

    /** While days are made up for, and while the channel can still be asked for another bill. */
    @Override
    public Duration least() {
        return Duration.ofDays(100);
    }

    @Override
    public Uni<Integer> forget(SqlConnection tx, Instant before, int atMost) {
        return tx.preparedQuery(FORGET)
                .execute(Tuple.of(before.atOffset(ZoneOffset.UTC).toLocalDate(), atMost))
                .map(rows -> rows.iterator().next().getInteger("gone"));
    }
}
