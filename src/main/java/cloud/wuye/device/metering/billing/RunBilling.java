package cloud.wuye.device.metering.billing;

import cloud.wuye.device.command.SendCommands;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.schedule.Batches;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Use case: makes the bills of periods that have ended. How far each account has come stands in its task, so that any replica
 * goes on from there, and none does anything twice. An account that breaks down keeps no other back.
 */
@ApplicationScoped
public class RunBilling {
    private static final Logger LOG = Logger.getLogger(RunBilling.class);
    private static final Duration AFTER_TROUBLE = Duration.ofMinutes(10);

    private final Db db;
    private final BillingPeriods periods;
    private final BillingRuns runs;
    private final BillAccount billAccount;
    private final SendCommands send;
    private final Clock clock;

    RunBilling(
            Db db, BillingPeriods periods, BillingRuns runs, BillAccount billAccount, SendCommands send, Clock clock) {
        this.db = db;
        this.periods = periods;
        this.runs = runs;
        this.billAccount = billAccount;
        this.send = send;
        this.clock = clock;
    }

    /** Everything that is due now; tells how many accounts were looked at. */
    public Uni<Integer> now() {
        return Batches.untilDry(() -> db.acrossTenants("billing periods that have ended", this::open))
                .chain(() -> db.acrossTenants("late meters that have spoken", tx -> runs.wake(tx, clock.now())))
                .chain(() -> Batches.untilDry(this::account))
                .call(() -> db.acrossTenants("billing runs that are done", tx -> runs.close(tx, clock.now())))
                .invoke(count -> {
                    if (count > 0) {
                        send.hurry();
                    }
                });
    }

    /** A period that ended while the service was away has its run all the same, one after the other. */
    private Uni<Integer> open(SqlConnection tx) {
        Instant now = clock.now();
        return periods.ended(tx, now).flatMap(ended -> {
            if (ended == null) {
                return Uni.createFrom().item(0);
            }
            BillingPeriod period = ended.period();
            Instant cut = period.nextCutAt();
            BillingRun run = BillingRun.open(Ids.next(), period, cut, "", Caller.system(period.tenantId()), now);
            return runs.open(tx, run, null)
                    .chain(() -> periods.goOn(tx, period, period.endAfter(cut, ended.zone())))
                    .replaceWith(1);
        });
    }

    private Uni<Integer> account() {
        AtomicReference<BillingTask> taken = new AtomicReference<>();
        return db.acrossTenants("an account to be billed", tx -> runs.due(tx, clock.now())
                        .flatMap(task -> {
                            if (task == null) {
                                return Uni.createFrom().item(0);
                            }
                            taken.set(task);
                            return billAccount.go(tx, task).replaceWith(1);
                        }))
                .onFailure(failure -> taken.get() != null)
                .recoverWithUni(failure -> putOff(taken.get(), failure));
    }

    private Uni<Integer> putOff(BillingTask task, Throwable failure) {
        LOG.errorf(failure, "point %s cannot be billed now", task.pointId());
        return db.acrossTenants(
                        "an account that could not be billed",
                        tx -> runs.wait(tx, task, clock.now().plus(AFTER_TROUBLE), "TROUBLE", false))
                .replaceWith(1);
    }
}
