package cloud.wuye.platform.audit;

import cloud.wuye.platform.retention.OldRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Entries of the audit log. */
@ApplicationScoped
class OldAuditEntries implements OldRows {
    private static final String FORGET = """
            SELECT forget_audit_entries($1, $2) AS gone""";

    @Override
    public String kind() {
        return "audit-entries";
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
