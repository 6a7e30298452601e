package cloud.wuye.device.metering.credit;

import cloud.wuye.device.metering.account.Balance;
import cloud.wuye.device.metering.account.BillingMode;
import cloud.wuye.device.metering.account.CreditAuthority;
import cloud.wuye.device.metering.account.Credits;
import cloud.wuye.device.metering.account.MeterAccount;
import cloud.wuye.device.metering.account.MeterAccounts;
import cloud.wuye.device.metering.account.PostUsage;
import cloud.wuye.device.metering.account.RerateUsage;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.UUID;

/**
 * Use case: a person sets a meter's credit to zero (清零). What was read is charged first. Where the service counts the credit
 * that is one transaction; where the meter does, it is told to, and the rest follows when it has ({@link ClearedMeters}).
 */
@ApplicationScoped
class ClearMeter {
    private final Db db;
    private final MeterAccounts accounts;
    private final RerateUsage rerate;
    private final PostUsage post;
    private final Credits credits;
    private final MeterPurchases purchases;
    private final MeterClears clears;
    private final ClearBooks books;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    ClearMeter(
            Db db,
            MeterAccounts accounts,
            RerateUsage rerate,
            PostUsage post,
            Credits credits,
            MeterPurchases purchases,
            MeterClears clears,
            ClearBooks books,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.accounts = accounts;
        this.rerate = rerate;
        this.post = post;
        this.credits = credits;
        this.purchases = purchases;
        this.clears = clears;
        this.books = books;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** What a person wants. */
    private record Wish(
            UUID id, MeterAccount account, String reason, Remainder remainder, String clientKey, Caller by) {}

    /** The clearing, or the one that an earlier click with the same key began. */
    Uni<MeterClearView> clear(UUID deviceId, String reason, Remainder remainder, String clientKey) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> accounts.require(tx, deviceId, "deviceId")
                // Holds the balance from here on, so that of two clicks the second sees what the first did.
                .call(account -> rerate.account(tx, account.tenantId(), account.pointId()))
                .flatMap(account -> clears.byClick(tx, account.tenantId(), clientKey)
                        .flatMap(known -> known == null
                                ? fresh(tx, new Wish(Ids.next(), account, reason, remainder, clientKey, caller))
                                : Uni.createFrom().item(requireSame(known, deviceId)))));
    }

    private static MeterClearView requireSame(MeterClearView known, UUID deviceId) {
        if (!known.deviceId().equals(deviceId)) {
            throw new Problem(ProblemCode.VALIDATION, "clientKey", Detail.of("已用于另一只表", "used for another meter"));
        }
        return known;
    }

    private Uni<MeterClearView> fresh(SqlConnection tx, Wish wish) {
        MeterAccount account = wish.account();
        if (account.mode() == BillingMode.POSTPAID) {
            // What stands there is not billed yet: it is billed, not cleared.
            throw new Problem(ProblemCode.ACCOUNT_TERMS, "deviceId", account.mode());
        }
        return clears.register(tx, account.tenantId(), account.deviceId())
                .flatMap(register -> account.authority() == CreditAuthority.METER
                        ? inMeter(tx, wish, register)
                        : counted(tx, wish, register))
                .call(view -> audit.record(
                        tx, wish.by(), "meter.clear", "MeterClearRecord", view.id(), null, view, wish.reason()));
    }

    private Uni<MeterClearView> counted(SqlConnection tx, Wish wish, BigDecimal register) {
        MeterAccount account = wish.account();
        UUID tenant = account.tenantId();
        UUID point = account.pointId();
        return accounts.held(tx, tenant, point)
                .invoke(held -> requirePriced(held))
                .invoke(held -> requirePossible(wish, held.credit()))
                .call(() -> post.account(tx, tenant, point))
                .flatMap(held ->
                        credits.worth(tx, tenant, point).flatMap(worth -> take(tx, wish, register, held, worth)));
    }

    private Uni<MeterClearView> take(SqlConnection tx, Wish wish, BigDecimal register, Balance held, BigDecimal worth) {
        Instant now = clock.now();
        long refund = wish.remainder() == Remainder.PAY_BACK ? wholeFen(worth) : 0;
        boolean water = wish.account().commodity() == Commodity.WATER;
        return credits.clear(tx, held, refund, ClearBooks.source(wish.id()), wish.by(), wish.reason())
                .flatMap(moved -> books.counted(tx, wish.id(), held, worth, refund, water, now)
                        .flatMap(entry -> clears.add(
                                tx,
                                record(
                                        wish,
                                        register,
                                        held.credit(),
                                        moved.after(),
                                        refund,
                                        ClearState.DONE,
                                        null,
                                        entry,
                                        now))));
    }

    private Uni<MeterClearView> inMeter(SqlConnection tx, Wish wish, BigDecimal register) {
        MeterAccount account = wish.account();
        Instant now = clock.now();
        return clears.underWay(tx, account.tenantId(), account.pointId())
                .invoke(busy -> {
                    if (busy) {
                        throw new Problem(ProblemCode.ILLEGAL_STATE, "deviceId", ClearState.UNDER_WAY);
                    }
                })
                .chain(() -> purchases.left(tx, account.deviceId()))
                .invoke(left -> requireKnown(left, wish.remainder(), now))
                .invoke(left -> requirePossible(wish, left.reportedCredit()))
                .flatMap(left -> {
                    MeterPurchase purchase = purchase(wish, left.reportedCredit(), now);
                    MeterClear clear = record(
                            wish,
                            register,
                            left.reportedCredit(),
                            null,
                            null,
                            ClearState.UNDER_WAY,
                            purchase.id,
                            null,
                            now);
                    return purchases.add(tx, purchase).chain(() -> clears.add(tx, clear));
                });
    }

    private static MeterPurchase purchase(Wish wish, BigDecimal before, Instant now) {
        MeterPurchase purchase = new MeterPurchase();
        purchase.id = Ids.next();
        purchase.tenantId = wish.account().tenantId();
        purchase.pointId = wish.account().pointId();
        purchase.deviceId = wish.account().deviceId();
        purchase.kind = PurchaseKind.CLEAR;
        purchase.reference = "CLEAR-" + wish.id();
        purchase.quantity = BigDecimal.ZERO;
        purchase.before = before;
        purchase.createdAt = now;
        purchase.lookAt = now;
        purchase.bySubject = wish.by().subject();
        purchase.byName = wish.by().name();
        purchase.reason = wish.reason();
        return purchase;
    }

    private static MeterClear record(
            Wish wish,
            BigDecimal register,
            BigDecimal before,
            BigDecimal after,
            Long refundFen,
            ClearState state,
            UUID purchaseId,
            UUID entryId,
            Instant now) {
        return new MeterClear(
                wish.id(),
                wish.account().tenantId(),
                wish.account().pointId(),
                wish.account().deviceId(),
                register,
                before,
                after,
                wish.remainder(),
                refundFen,
                wish.reason(),
                state,
                purchaseId,
                null,
                entryId,
                wish.clientKey(),
                now,
                wish.by().subject(),
                wish.by().name());
    }

    private static void requirePriced(Balance held) {
        if (held.unpricedSince() != null) {
            throw new Problem(
                    ProblemCode.CREDIT_NOT_SETTLED, "deviceId", held.credit().toPlainString());
        }
    }

    /** What is on its way to the meter would make its word about what is left untrue. */
    private static void requireKnown(MeterCreditView left, Remainder remainder, Instant now) {
        if (left.underWay() != null) {
            throw new Problem(
                    ProblemCode.CREDIT_NOT_SETTLED, "deviceId", left.underWay().toPlainString());
        }
        if (!LastWord.serves(left, remainder, now)) {
            throw new Problem(
                    ProblemCode.CREDIT_UNKNOWN,
                    "deviceId",
                    LastWord.mayBeOld(remainder).toMinutes());
        }
    }

    private static void requirePossible(Wish wish, BigDecimal credit) {
        if (credit.signum() < 0 && wish.remainder() == Remainder.PAY_BACK) {
            throw new Problem(
                    ProblemCode.VALIDATION,
                    "remainder",
                    Detail.of("余额为负，只能 {0}", "credit is below zero, so only {0}", Remainder.WRITE_OFF));
        }
    }

    private static long wholeFen(BigDecimal yuan) {
        return yuan.max(BigDecimal.ZERO)
                .setScale(2, RoundingMode.DOWN)
                .movePointRight(2)
                .longValueExact();
    }
}
