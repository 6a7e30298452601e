package cloud.wuye.device.metering.billing;

import cloud.wuye.device.command.CommandOrigin;
import cloud.wuye.device.command.Order;
import cloud.wuye.device.command.SendCommands;
import cloud.wuye.device.metering.account.BillingMode;
import cloud.wuye.device.metering.account.MeterAccount;
import cloud.wuye.device.metering.account.MeterAccounts;
import cloud.wuye.device.timetable.ReadMeters;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Deals with one account of a run: bills it up to a reading that stands for the cut-off; asks the meter while there is none; and
 * when it has been asked long enough, estimates.
 */
@ApplicationScoped
class BillAccount {
    /** How often a late meter is asked. */
    private static final Duration ASK_EVERY = Duration.ofMinutes(30);

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(10);

    private final BillingRuns runs;
    private final MeterAccounts accounts;
    private final IssueBill issueBill;
    private final SendCommands send;
    private final Clock clock;

    BillAccount(BillingRuns runs, MeterAccounts accounts, IssueBill issueBill, SendCommands send, Clock clock) {
        this.runs = runs;
        this.accounts = accounts;
        this.issueBill = issueBill;
        this.send = send;
        this.clock = clock;
    }

    /** Takes the locked task as far as it can come now. */
    Uni<Void> go(SqlConnection tx, BillingTask task) {
        return runs.byId(tx, task.tenantId(), task.runId())
                .flatMap(run -> accounts.byPoint(tx, task.tenantId(), task.pointId())
                        .flatMap(account -> account.mode() != BillingMode.POSTPAID || account.closedAt() != null
                                ? runs.end(tx, task, BillingTask.State.SKIPPED)
                                : accounts.holdCounters(tx, task.tenantId(), task.pointId())
                                        .chain(() -> accounts.held(tx, task.tenantId(), task.pointId()))
                                        .chain(() -> Standing.of(tx, task.tenantId(), task.pointId(), run.cutAt()))
                                        .flatMap(standing -> decide(tx, task, run, account, standing))));
    }

    private Uni<Void> decide(
            SqlConnection tx, BillingTask task, BillingRun run, MeterAccount account, Standing standing) {
        Instant now = clock.now();
        if (standing.earlierOpen()) {
            return runs.wait(tx, task, now.plus(SOON), "EARLIER_PERIOD", false);
        }
        if (standing.toBeChargedAnew()) {
            return runs.wait(tx, task, now.plus(SOON), "CHARGES", false);
        }
        if (standing.readAfter() != null) {
            return bill(tx, task, run, account, standing, standing.readAfter(), BigDecimal.ZERO);
        }
        if (standing.unpriced()) {
            return runs.wait(tx, task, now.plus(LATER), "PRICE", false);
        }
        if (!standing.chargedUntil().isBefore(run.freshSince())) {
            return bill(tx, task, run, account, standing, standing.chargedUntil(), BigDecimal.ZERO);
        }
        return now.isBefore(run.windowEndsAt())
                ? ask(tx, task, run, standing, now)
                : bill(tx, task, run, account, standing, run.cutAt(), standing.guess());
    }

    private Uni<Void> ask(SqlConnection tx, BillingTask task, BillingRun run, Standing standing, Instant now) {
        Instant again = now.plus(ASK_EVERY).isBefore(run.windowEndsAt()) ? now.plus(ASK_EVERY) : run.windowEndsAt();
        Order order = new Order(
                standing.deviceId(),
                ReadMeters.READ,
                Map.of(),
                CommandOrigin.SYSTEM,
                run.by(),
                null,
                run.id(),
                null,
                ASK_EVERY);
        return send.queue(tx, task.tenantId(), List.of(order)).chain(() -> runs.wait(tx, task, again, "READING", true));
    }

    private Uni<Void> bill(
            SqlConnection tx,
            BillingTask task,
            BillingRun run,
            MeterAccount account,
            Standing standing,
            Instant reading,
            BigDecimal guess) {
        Instant until = reading.isBefore(standing.from()) ? standing.from() : reading;
        return BillLine.upTo(
                        tx,
                        account.tenantId(),
                        account.pointId(),
                        standing.startsAt(),
                        until,
                        guess,
                        standing.chargedUntil())
                .flatMap(lines -> {
                    if (lines.stream().anyMatch(BillLine::unpriced)) {
                        return runs.wait(tx, task, clock.now().plus(LATER), "PRICE", false);
                    }
                    return lines.isEmpty()
                            ? runs.end(tx, task, BillingTask.State.NOTHING)
                            : issueBill
                                    .issue(tx, run, account, standing, until, lines)
                                    .chain(() -> runs.end(tx, task, BillingTask.State.BILLED));
                });
    }
}
