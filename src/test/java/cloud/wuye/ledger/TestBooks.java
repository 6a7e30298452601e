package cloud.wuye.ledger;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;

import cloud.wuye.platform.db.Db;
import cloud.wuye.testing.TestTenant;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
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

    /** The balance of an account to the fen, debit positive; a null subject for the company's own. */
    public String balance(TestTenant company, String kind, UUID subject) throws Throwable {
        UUID whose = subject == null ? Account.COMPANY : subject;
        return subscribeAndAwait(() -> db.forTenantSql(company.id(), tx -> tx.preparedQuery(SUM)
                .execute(Tuple.of(company.id(), kind, whose))
                .map(rows -> rows.iterator().next().get(BigDecimal.class, 0))
                .map(sum -> sum.setScale(2, RoundingMode.UNNECESSARY).toPlainString())));
    }
}
