package cloud.wuye.device.metering.billing;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Use case: a person wants bills up to an instant, besides those that the calendar makes. They are made by the next tick. */
@ApplicationScoped
class StartBilling {
    private final Db db;
    private final BillingPeriods periods;
    private final BillingRuns runs;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    StartBilling(
            Db db, BillingPeriods periods, BillingRuns runs, Audit audit, CurrentCaller currentCaller, Clock clock) {
        this.db = db;
        this.periods = periods;
        this.runs = runs;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** The run that was opened, or that an earlier click with the same key has. */
    Uni<UUID> start(RunBillingInput input) {
        Caller caller = currentCaller.get();
        Instant now = clock.now();
        Instant cut = input.cutAt() == null ? now : input.cutAt();
        if (cut.isAfter(now)) {
            throw new Problem(ProblemCode.VALIDATION, "cutAt", Detail.IN_THE_FUTURE);
        }
        return db.writeSql(
                tx -> periods.of(tx, caller.requireTenant(), input.commodity()).flatMap(terms -> {
                    if (terms == null) {
                        throw new Problem(ProblemCode.NOT_FOUND, "commodity", input.commodity());
                    }
                    BillingRun run = BillingRun.open(Ids.next(), terms, cut, input.clientKey(), caller, now);
                    return runs.open(tx, run, input.deviceIds())
                            .flatMap(opened -> opened
                                    ? written(tx, caller, run, input)
                                    : runs.byClick(tx, caller.requireTenant(), input.clientKey())
                                            .map(BillingRun::id));
                }));
    }

    private Uni<UUID> written(SqlConnection tx, Caller caller, BillingRun run, RunBillingInput input) {
        return audit.record(tx, caller, "billing.run", "BillingRun", run.id(), null, input, null)
                .replaceWith(run.id());
    }
}
