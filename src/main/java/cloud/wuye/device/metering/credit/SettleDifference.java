package cloud.wuye.device.metering.credit;

import cloud.wuye.device.metering.account.CreditMoveKind;
import cloud.wuye.device.metering.account.Credits;
import cloud.wuye.device.metering.account.MeterAccount;
import cloud.wuye.device.metering.account.MeterAccounts;
import cloud.wuye.ledger.Ledger;
import cloud.wuye.ledger.Source;
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
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Use case: a person has found out why a meter says something else than was expected; from then on its word holds. */
@ApplicationScoped
class SettleDifference {
    /** As many decimals as the books of quantities have. */
    private static final int DECIMALS = 4;

    private final Db db;
    private final MeterAccounts accounts;
    private final OwnCredits own;
    private final DrawOwnUsage draw;
    private final Credits credits;
    private final Ledger ledger;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    SettleDifference(
            Db db,
            MeterAccounts accounts,
            OwnCredits own,
            DrawOwnUsage draw,
            Credits credits,
            Ledger ledger,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.accounts = accounts;
        this.own = own;
        this.draw = draw;
        this.credits = credits;
        this.ledger = ledger;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /**
     * Looks once more, and lets what the service knows follow by the difference; what was used or bought since the meter spoke
     * stays so. ILLEGAL_STATE if they do not differ.
     */
    Uni<UUID> resolve(UUID deviceId, String reason) {
        if (reason.isBlank()) {
            throw new Problem(ProblemCode.VALIDATION, "reason", Detail.BLANK);
        }
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> accounts.require(tx, deviceId, "deviceId")
                .call(account -> draw.account(tx, account.tenantId(), account.pointId()))
                .call(account -> own.locked(tx, account.tenantId(), account.pointId())
                        .invoke(SettleDifference::requireDiffering)
                        .call(standing -> settle(tx, account, standing, standing.difference(), caller, reason))
                        .call(standing -> own.resolved(tx, standing, clock.now(), caller.name(), reason))
                        .call(standing -> audit.record(
                                tx,
                                caller,
                                "meter.resolveOwnCredit",
                                "MeterAccount",
                                account.pointId(),
                                Map.of("credit", standing.credit()),
                                Map.of("credit", standing.credit().add(standing.difference())),
                                reason)))
                .map(MeterAccount::pointId));
    }

    /** What is left of an account when the meter says that nothing is: less than a register tells. */
    Uni<Void> usedUp(SqlConnection tx, MeterAccount account, OwnCredit standing) {
        return settle(
                tx,
                account,
                standing,
                standing.credit().negate(),
                Caller.system(account.tenantId()),
                "used up by the meter's word");
    }

    private Uni<Void> settle(
            SqlConnection tx, MeterAccount account, OwnCredit standing, BigDecimal amount, Caller by, String note) {
        Source source = new Source(
                "meter-own-credit", standing.pointId() + ":" + (standing.postings() + 1), "by-the-meters-word");
        return credits.move(
                        tx,
                        new Credits.Wanted(
                                standing.tenantId(),
                                standing.pointId(),
                                CreditMoveKind.ADJUSTED,
                                amount,
                                0,
                                source,
                                by,
                                note))
                .chain(() -> ledger.post(
                        tx,
                        List.of(DrawOwnUsage.used(
                                standing.tenantId(),
                                standing.pointId(),
                                standing.postings() + 1,
                                account.commodity(),
                                amount.negate().setScale(DECIMALS),
                                clock.now()))))
                .chain(() -> own.settled(tx, standing));
    }

    private static void requireDiffering(OwnCredit standing) {
        if (standing == null || standing.state() != OwnCreditState.DIFFERS) {
            throw new Problem(
                    ProblemCode.ILLEGAL_STATE,
                    "deviceId",
                    standing == null ? OwnCreditState.UNKNOWN : standing.state());
        }
    }
}
