package cloud.wuye.payment.reconciliation;

import cloud.wuye.payment.order.ConfirmPayment;
import cloud.wuye.payment.order.ConfirmPayment.Confirmed;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Third step, MATCHED → DONE: the channel is asked about each payment that only its bill has. What it confirms is recorded
 * like any other evidence, which closes the difference; what it does not stays for a person.
 */
@ApplicationScoped
class AskAboutUnknown {
    private final Db db;
    private final ReconciliationRuns runs;
    private final Differences differences;
    private final ConfirmPayment confirm;
    private final Clock clock;

    AskAboutUnknown(Db db, ReconciliationRuns runs, Differences differences, ConfirmPayment confirm, Clock clock) {
        this.db = db;
        this.runs = runs;
        this.differences = differences;
        this.confirm = confirm;
        this.clock = clock;
    }

    /** Fails with {@link Stuck} when the channel left a question unanswered; what it answered is recorded by then. */
    Uni<Void> ask(ReconciliationRun run) {
        return db.forTenantSql(run.tenantId(), tx -> differences.unknownHere(tx, run))
                .flatMap(unknown -> Multi.createFrom()
                        .iterable(unknown)
                        .onItem()
                        .transformToUniAndConcatenate(each ->
                                confirm.confirm(run.tenantId(), run.channel(), each.number(), each.transactionId()))
                        .filter(Confirmed.UNKNOWN::equals)
                        .collect()
                        .asList())
                .flatMap(open -> db.forTenantSql(run.tenantId(), tx -> differences
                                .foundAfterAll(tx, run, clock.now())
                                .chain(() -> open.isEmpty()
                                        ? done(tx, run)
                                        : Uni.createFrom().voidItem()))
                        .invoke(() -> {
                            if (!open.isEmpty()) {
                                throw new Stuck("no answer about " + open.size() + " payments");
                            }
                        }));
    }

    private Uni<Void> done(SqlConnection tx, ReconciliationRun matched) {
        return runs.locked(tx, matched.id(), RunState.MATCHED)
                .flatMap(run ->
                        run == null ? Uni.createFrom().voidItem() : runs.move(tx, run, RunState.DONE, clock.now()));
    }
}
