package cloud.wuye.payment.reconciliation;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;

import cloud.wuye.payment.ChannelKind;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.TestTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;

/** Days of a channel that tests take through their steps one by one. */
@ApplicationScoped
class TestDays {
    private final Db db;
    private final ReconciliationRuns runs;
    private final Clock clock;

    TestDays(Db db, ReconciliationRuns runs, Clock clock) {
        this.db = db;
        this.runs = runs;
        this.clock = clock;
    }

    /** A day that somebody has taken and done nothing about. */
    ReconciliationRun begun(TestTenant company, LocalDate day) throws Throwable {
        return subscribeAndAwait(() -> db.forTenantSql(
                company.id(),
                tx -> runs.again(tx, company.id(), ChannelKind.WECHAT_PAY, day, clock.now(), ReconcilePayments.LEASE)));
    }
}
