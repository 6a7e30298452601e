package cloud.wuye.device.metering.account;

import cloud.wuye.device.registry.DeviceKind;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Use case: people open accounts (开户), change their terms and close them (销户); each act one transaction with its audit. */
@ApplicationScoped
class KeepAccounts {
    private static final String SUBJECT = "MeterAccount";
    /** The point that a meter serves; it is its own where it was never put in by hand. */
    private static final String METER =
            """
            SELECT d.kind, coalesce(i.service_point_id, d.id) AS point_id
            FROM device d
            LEFT JOIN meter_installation i ON i.tenant_id = d.tenant_id AND i.device_id = d.id AND i.removed_at IS NULL
            WHERE d.id = $1 AND d.kind = any($2) AND d.lifecycle <> 'RETIRED'""";

    private static final String HOLD =
            "SELECT register FROM meter_state WHERE tenant_id = $1 AND device_id = $2 ORDER BY register FOR UPDATE";

    private static final String LAST_READ =
            "SELECT base_at FROM meter_state WHERE tenant_id = $1 AND device_id = $2 AND register = 'TOTAL'";
    /** How old the reading may be up to which all is charged when the mode changes. */
    private static final Duration FRESH = Duration.ofDays(1);

    private final Db db;
    private final MeterAccounts accounts;
    private final TermsCheck check;
    private final RerateUsage rerate;
    private final PostUsage post;
    private final List<AccountLife> lives;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    KeepAccounts(
            Db db,
            MeterAccounts accounts,
            TermsCheck check,
            RerateUsage rerate,
            PostUsage post,
            @All List<AccountLife> lives,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.accounts = accounts;
        this.check = check;
        this.rerate = rerate;
        this.post = post;
        this.lives = lives;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** A meter and what it serves. */
    private record Meter(UUID deviceId, UUID pointId, Commodity commodity) {}

    /** Opens the account of the point that a meter serves. A point that had one before goes on with what stands there. */
    Uni<MeterAccountView> open(UUID deviceId, MeterTermsInput terms) {
        Caller caller = currentCaller.get();
        UUID tenant = caller.requireTenant();
        Instant now = clock.now();
        return db.writeSql(tx -> meter(tx, deviceId)
                .call(meter -> check.require(tx, terms, meter.commodity()))
                .call(() -> tx.preparedQuery(HOLD).execute(Tuple.of(tenant, deviceId)))
                .flatMap(meter -> accounts.open(tx, account(tenant, meter, terms, now)))
                .invoke(opened -> {
                    if (opened == null) {
                        throw new Problem(ProblemCode.ACCOUNT_OPEN, "deviceId");
                    }
                })
                .call(opened -> each(life -> life.opened(tx, opened)))
                .map(MeterAccountView::of)
                .call(view ->
                        audit.record(tx, caller, "meter.openAccount", SUBJECT, view.pointId(), null, view, null)));
    }

    /** Changes the terms of an open account. What it is (mode, authority, unit) is no term. */
    Uni<MeterAccountView> change(UUID deviceId, MeterTermsInput terms, int version) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> accounts.require(tx, deviceId, "deviceId")
                .call(before -> check.require(tx, terms, before.commodity()))
                .call(before -> accounts.holdCounters(tx, before.tenantId(), before.pointId()))
                .invoke(before -> requireSame(before, terms, version))
                .flatMap(before -> accounts.change(
                                tx,
                                account(
                                        before.tenantId(),
                                        new Meter(deviceId, before.pointId(), before.commodity()),
                                        terms,
                                        before.openedAt()),
                                clock.now())
                        .map(MeterAccountView::of)
                        .call(after -> audit.record(
                                tx,
                                caller,
                                "meter.changeTerms",
                                SUBJECT,
                                after.pointId(),
                                MeterAccountView.of(before),
                                after,
                                null))));
    }

    /**
     * Closes an account of which nothing is left: all that was read is charged, and credit is zero. What its last bill carried is owed
     * back from then on.
     */
    Uni<MeterAccountView> close(UUID deviceId, String reason) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> accounts.require(tx, deviceId, "deviceId")
                .call(account -> settled(tx, account))
                // Whoever opens it again, on whatever terms, begins with books that know what was used on these.
                .call(account -> post.account(tx, account.tenantId(), account.pointId()))
                .call(account -> each(life -> life.leaving(tx, account, caller, reason)))
                .flatMap(account -> accounts.close(tx, account, clock.now())
                        .chain(() -> accounts.byPoint(tx, account.tenantId(), account.pointId()))
                        .map(MeterAccountView::of)
                        .call(after -> audit.record(
                                tx,
                                caller,
                                "meter.closeAccount",
                                SUBJECT,
                                after.pointId(),
                                MeterAccountView.of(account),
                                after,
                                reason))));
    }

    /**
     * Makes of an open account one of another mode, authority or unit, for the same point: closed and opened at once. Refused
     * unless all is charged up to a believed reading of the last day and nothing is left.
     */
    Uni<MeterAccountView> changeMode(UUID deviceId, MeterTermsInput terms, String reason) {
        Caller caller = currentCaller.get();
        Instant now = clock.now();
        return db.writeSql(tx -> accounts.require(tx, deviceId, "deviceId")
                .invoke(before -> {
                    if (same(before, terms)) {
                        throw new Problem(ProblemCode.ACCOUNT_TERMS, "terms.mode", "changeMeterTerms");
                    }
                })
                .call(before -> check.require(tx, terms, before.commodity()))
                .call(before -> settled(tx, before))
                .call(before -> each(life -> life.changing(tx, before)))
                .call(before -> requireFresh(tx, before, now))
                .call(before -> post.account(tx, before.tenantId(), before.pointId()))
                .call(before -> each(life -> life.leaving(tx, before, caller, reason)))
                .flatMap(before -> accounts.close(tx, before, now)
                        .chain(() -> accounts.open(tx, again(before, terms, now)))
                        .call(opened -> each(life -> life.opened(tx, opened)))
                        .map(MeterAccountView::of)
                        .call(after -> audit.record(
                                tx,
                                caller,
                                "meter.changeMode",
                                SUBJECT,
                                after.pointId(),
                                MeterAccountView.of(before),
                                after,
                                reason))));
    }

    /** Charges what was read, holds the balance, and refuses unless nothing is left. */
    private Uni<Void> settled(SqlConnection tx, MeterAccount account) {
        return rerate.account(tx, account.tenantId(), account.pointId())
                .chain(() -> each(life -> life.ending(tx, account)))
                .chain(() -> accounts.held(tx, account.tenantId(), account.pointId()))
                .invoke(KeepAccounts::requireSettled)
                .replaceWithVoid();
    }

    private Uni<Void> each(Function<AccountLife, Uni<Void>> act) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (AccountLife life : lives) {
            done = done.chain(() -> act.apply(life));
        }
        return done;
    }

    private static Uni<Void> requireFresh(SqlConnection tx, MeterAccount account, Instant now) {
        return tx.preparedQuery(LAST_READ)
                .execute(Tuple.of(account.tenantId(), account.deviceId()))
                .invoke(rows -> {
                    OffsetDateTime at =
                            rows.size() == 0 ? null : rows.iterator().next().getOffsetDateTime("base_at");
                    if (at == null || at.toInstant().isBefore(now.minus(FRESH))) {
                        throw new Problem(ProblemCode.READING_STALE, "deviceId");
                    }
                })
                .replaceWithVoid();
    }

    private static MeterAccount again(MeterAccount before, MeterTermsInput terms, Instant now) {
        Meter meter = new Meter(before.deviceId(), before.pointId(), before.commodity());
        return account(before.tenantId(), meter, terms, now);
    }

    private static boolean same(MeterAccount before, MeterTermsInput terms) {
        return before.mode() == terms.mode()
                && before.authority() == terms.authorityOrUsual()
                && before.unit() == terms.unitOrUsual();
    }

    private static void requireSame(MeterAccount before, MeterTermsInput terms, int version) {
        if (before.version() != version) {
            throw new Problem(ProblemCode.STALE);
        }
        if (!same(before, terms)) {
            throw new Problem(
                    ProblemCode.ACCOUNT_TERMS,
                    "terms.mode",
                    before.mode() + ", " + before.authority() + ", " + before.unit());
        }
    }

    private static void requireSettled(Balance balance) {
        if (balance.credit().signum() != 0 || balance.unpricedSince() != null) {
            throw new Problem(
                    ProblemCode.CREDIT_NOT_SETTLED, "deviceId", balance.credit().toPlainString());
        }
    }

    private static Uni<Meter> meter(SqlConnection tx, UUID deviceId) {
        return tx.preparedQuery(METER)
                .execute(Tuple.of(
                        deviceId, new String[] {DeviceKind.ELECTRICITY_METER.name(), DeviceKind.WATER_METER.name()}))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw new Problem(ProblemCode.NOT_FOUND, "deviceId", deviceId);
                    }
                    var row = rows.iterator().next();
                    boolean water = row.getString("kind").equals(DeviceKind.WATER_METER.name());
                    return new Meter(
                            deviceId, row.getUUID("point_id"), water ? Commodity.WATER : Commodity.ELECTRICITY);
                });
    }

    private static MeterAccount account(UUID tenant, Meter meter, MeterTermsInput terms, Instant openedAt) {
        return new MeterAccount(
                tenant,
                meter.pointId(),
                meter.deviceId(),
                meter.commodity(),
                terms.mode(),
                terms.authorityOrUsual(),
                terms.unitOrUsual(),
                terms.planId(),
                terms.customerId(),
                terms.overdraft(),
                terms.emergency(),
                Boolean.TRUE.equals(terms.keepSupply()),
                terms.levels(),
                terms.policyId(),
                openedAt,
                null,
                0);
    }
}
