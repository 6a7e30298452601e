package cloud.wuye.payment.reconciliation;

import cloud.wuye.payment.ChannelKind;
import cloud.wuye.payment.PaymentChannels;
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
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;

/** Use case: somebody has a day reconciled now, for the first time or again. */
@ApplicationScoped
class ReconcileDay {
    private final Db db;
    private final PaymentChannels settings;
    private final ReconciliationRuns runs;
    private final ReconcilePayments reconcile;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    ReconcileDay(
            Db db,
            PaymentChannels settings,
            ReconciliationRuns runs,
            ReconcilePayments reconcile,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.settings = settings;
        this.runs = runs;
        this.reconcile = reconcile;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** Answers with the run's id, when it has come as far as it goes today. */
    Uni<UUID> now(ChannelKind channel, LocalDate day) {
        Caller caller = currentCaller.get();
        Instant now = clock.now();
        if (!day.isBefore(now.atZone(channel.zone()).toLocalDate())) {
            throw new Problem(ProblemCode.VALIDATION, "day", Detail.of("须为已经结束的一天", "must be a day that is over"));
        }
        return db.writeSql(tx -> settings.find(tx, channel)
                        .onItem()
                        .ifNull()
                        .failWith(() -> new Problem(ProblemCode.PAYMENT_CHANNEL_NOT_CONFIGURED))
                        .chain(() -> runs.again(tx, caller.requireTenant(), channel, day, now, ReconcilePayments.LEASE))
                        .call(run -> record(tx, caller, run)))
                .flatMap(reconcile::work)
                .map(ReconciliationRun::id);
    }

    private Uni<Void> record(SqlConnection tx, Caller caller, ReconciliationRun run) {
        return audit.record(
                tx,
                caller,
                "reconciliation.run",
                "ReconciliationRun",
                run.id(),
                null,
                Map.of("channel", run.channel(), "day", run.day()),
                null);
    }
}
