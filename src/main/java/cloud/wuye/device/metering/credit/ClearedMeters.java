package cloud.wuye.device.metering.credit;

import cloud.wuye.device.metering.account.Balance;
import cloud.wuye.device.metering.account.Credits;
import cloud.wuye.device.metering.account.MeterAccounts;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.Set;
import java.util.UUID;

/** Does what follows from how the clearing of a meter that counts its own credit ended, once. */
@ApplicationScoped
class ClearedMeters {
    private final MeterAccounts accounts;
    private final MeterPurchases purchases;
    private final MeterClears clears;
    private final DrawOwnUsage draw;
    private final Credits credits;
    private final ClearBooks books;
    private final Clock clock;

    ClearedMeters(
            MeterAccounts accounts,
            MeterPurchases purchases,
            MeterClears clears,
            DrawOwnUsage draw,
            Credits credits,
            ClearBooks books,
            Clock clock) {
        this.accounts = accounts;
        this.purchases = purchases;
        this.clears = clears;
        this.draw = draw;
        this.credits = credits;
        this.books = books;
        this.clock = clock;
    }

    /** The meter has done it: what it had left, by its last word before, is accounted for. */
    Uni<Void> done(SqlConnection tx, MeterPurchase purchase) {
        return draw.account(tx, purchase.tenantId, purchase.pointId)
                .chain(() -> clears.ofPurchase(tx, purchase))
                .flatMap(clear -> accounts.held(tx, purchase.tenantId, purchase.pointId)
                        .flatMap(held -> purchases.leftBefore(tx, purchase).flatMap(left -> share(
                                        tx, purchase, clear.remainder(), left)
                                .flatMap(refund -> move(tx, purchase, clear.id(), held, left, refund)))));
    }

    /** The meter did not take it. */
    Uni<Void> failed(SqlConnection tx, MeterPurchase purchase) {
        return clears.end(tx, purchase, ClearState.FAILED, null, null, null, null, clock.now());
    }

    private Uni<Bought.Share> share(SqlConnection tx, MeterPurchase purchase, Remainder remainder, BigDecimal left) {
        return remainder == Remainder.WRITE_OFF
                ? Uni.createFrom().item(Bought.Share.NOTHING)
                : purchases.boughtBefore(tx, purchase).map(bought -> bought.of(left));
    }

    private Uni<Void> move(
            SqlConnection tx, MeterPurchase purchase, UUID clear, Balance held, BigDecimal left, Bought.Share refund) {
        Caller by = new Caller(purchase.tenantId, purchase.bySubject, purchase.byName, Set.of());
        BigDecimal after = purchase.after == null ? BigDecimal.ZERO : purchase.after;
        return credits.clear(tx, held, refund.fen(), ClearBooks.source(clear), by, purchase.reason)
                .chain(() -> books.inMeter(tx, clear, held, purchase, left, refund))
                .flatMap(entry -> clears.end(
                        tx, purchase, ClearState.DONE, left, after, refund.fen(), entry, purchase.writtenAt));
    }
}
