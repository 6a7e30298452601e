package cloud.wuye.payment.reconciliation;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Second step, FETCHED → MATCHED: differences, totals, fee and payouts, all in one transaction. */
@ApplicationScoped
class MatchBills {
    private final Db db;
    private final ReconciliationRuns runs;
    private final Differences differences;
    private final ChannelBooks books;
    private final Clock clock;

    MatchBills(Db db, ReconciliationRuns runs, Differences differences, ChannelBooks books, Clock clock) {
        this.db = db;
        this.runs = runs;
        this.differences = differences;
        this.books = books;
        this.clock = clock;
    }

    Uni<Void> match(ReconciliationRun fetched) {
        return db.forTenantSql(fetched.tenantId(), tx -> runs.locked(tx, fetched.id(), RunState.FETCHED)
                .flatMap(run -> run == null
                        ? Uni.createFrom().voidItem()
                        : differences
                                .find(tx, run, clock.now())
                                .chain(() -> differences.addUp(tx, run))
                                .chain(() -> books.post(tx, run))
                                .chain(() -> runs.move(tx, run, RunState.MATCHED, clock.now()))));
    }
}
