package cloud.wuye.ledger;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;

import cloud.wuye.platform.db.Db;
import cloud.wuye.testing.TestTenant;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.UUID;

/** What the books say, added up from the lines themselves. */
@ApplicationScoped
public class TestBooks {
    private static final String SUM =
            "SELECT coalesce(sum(amount), 0) FROM journal_line WHERE tenant_id = $1 AND account = $2 AND subject = $3";

    private final Db db;

    TestBooks(Db db) {
        this.db = db;
    }

    /**
     * Waits until whatever writes at this moment, wherever in the server, has ended: a proof leaves what was posted since the
     * oldest of them began to the next one.
     */
    public void settle() {
        String now = asked("SELECT pg_current_xact_id()::text");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> asked("SELECT (pg_snapshot_xmin(pg_current_snapshot()) > '" + now + "'::xid8)::text")
                        .equals("true"));
    }

    private String asked(String sql) {
        try {
            return subscribeAndAwait(() -> db.acrossTenants("test", tx -> tx.query(sql)
                    .execute()
                    .map(rows -> rows.iterator().next().getString(0))));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** The balance of an account to the fen, debit positive; a null subject for the company's own. */
    public String balance(TestTenant company, String kind, UUID subject) throws Throwable {
        UUID whose = subject == null ? Account.COMPANY : subject;
        return subscribeAndAwait(() -> db.forTenantSql(company.id(), tx -> tx.preparedQuery(SUM)
                .execute(Tuple.of(company.id(), kind, whose))
                .map(rows -> rows.iterator().next().get(BigDecimal.class, 0))
                .map(sum -> sum.setScale(2, RoundingMode.UNNECESSARY).toPlainString())));
    }
}
