package cloud.wuye.device.metering.cutoff;

import cloud.wuye.device.command.SendCommands;
import cloud.wuye.device.metering.account.MeterAccount;
import cloud.wuye.device.metering.account.MeterAccounts;
import cloud.wuye.device.metering.resident.MyMeters;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Use cases: what people do about an account that is used up. */
@ApplicationScoped
class CreditByHand {
    private static final String SUBJECT = "MeterAccount";

    private final Db db;
    private final MeterAccounts accounts;
    private final MyMeters mine;
    private final CreditWatch watch;
    private final JudgeCredit judge;
    private final SendCommands send;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    CreditByHand(
            Db db,
            MeterAccounts accounts,
            MyMeters mine,
            CreditWatch watch,
            JudgeCredit judge,
            SendCommands send,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.accounts = accounts;
        this.mine = mine;
        this.watch = watch;
        this.judge = judge;
        this.send = send;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** Takes the account's emergency credit, once until it is repaid: credit is below zero and is zero again. */
    Uni<Void> takeEmergency(UUID deviceId) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> held(tx, deviceId)
                        .invoke(CreditByHand::requireNotTaken)
                        .call(facts -> takeEmergency(tx, caller, facts)))
                .invoke(send::hurry)
                .replaceWithVoid();
    }

    /** The same for one who lives with the meter: who asks again while it is taken has what they want, and nothing changes. */
    Uni<Void> takeMyEmergency(UUID deviceId) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> mine.require(tx, caller, deviceId)
                        .chain(() -> held(tx, deviceId))
                        .call(facts -> facts.emergencyTaken()
                                ? Uni.createFrom().voidItem()
                                : takeEmergency(tx, caller, facts)))
                .invoke(send::hurry)
                .replaceWithVoid();
    }

    private Uni<Void> takeEmergency(SqlConnection tx, Caller caller, CreditFacts facts) {
        requireEmergency(facts);
        return watch.takeEmergency(tx, facts, clock.now())
                .chain(() -> judge.look(tx, facts.tenantId(), facts.pointId()))
                .chain(() -> audit.record(
                        tx,
                        caller,
                        "meter.takeEmergencyCredit",
                        SUBJECT,
                        facts.pointId(),
                        null,
                        Map.of("limit", facts.emergency(), "credit", facts.credit()),
                        null));
    }

    private static void requireNotTaken(CreditFacts facts) {
        if (facts.emergencyTaken()) {
            throw refused(facts);
        }
    }

    private static void requireEmergency(CreditFacts facts) {
        if (facts.emergency().signum() == 0) {
            throw new Problem(ProblemCode.EMERGENCY_CREDIT, "deviceId", "0");
        }
        if (facts.credit().signum() >= 0) {
            throw refused(facts);
        }
    }

    private static Problem refused(CreditFacts facts) {
        return new Problem(
                ProblemCode.EMERGENCY_CREDIT,
                "deviceId",
                facts.credit().stripTrailingZeros().toPlainString());
    }

    /** A person gives supply back that is paid for, where the policy leaves that to people. */
    Uni<Void> reconnect(UUID deviceId, String reason) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> held(tx, deviceId)
                        .invoke(facts -> {
                            if (facts.beyondLimit() && !facts.keepSupply()) {
                                throw new Problem(
                                        ProblemCode.STILL_IN_ARREARS,
                                        "deviceId",
                                        facts.credit().stripTrailingZeros().toPlainString());
                            }
                        })
                        .call(facts -> judge.lookAsPerson(tx, facts.tenantId(), facts.pointId()))
                        .call(facts -> audit.record(
                                tx, caller, "meter.reconnect", SUBJECT, facts.pointId(), null, null, reason)))
                .invoke(send::hurry)
                .replaceWithVoid();
    }

    /**
     * The prepaid account that a meter serves, held. It is held first and read then: who waited for another click sees what
     * that one did.
     */
    private Uni<CreditFacts> held(SqlConnection tx, UUID deviceId) {
        return accounts.require(tx, deviceId, "deviceId")
                .flatMap(account -> accounts.held(tx, account.tenantId(), account.pointId())
                        .chain(() -> watch.one(tx, account.tenantId(), account.pointId()))
                        .map(found -> prepaid(found, account)));
    }

    private static CreditFacts prepaid(List<CreditFacts> found, MeterAccount account) {
        if (found.isEmpty()) {
            throw new Problem(ProblemCode.ACCOUNT_TERMS, "deviceId", account.mode() + ", " + account.authority());
        }
        return found.get(0);
    }
}
