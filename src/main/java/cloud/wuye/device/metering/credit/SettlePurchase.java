package cloud.wuye.device.metering.credit;

import cloud.wuye.device.metering.account.CreditMoveKind;
import cloud.wuye.device.metering.account.Credits;
import cloud.wuye.payment.order.OrderCredits;
import cloud.wuye.platform.security.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Does what follows from how a purchase ended: the order, the credit, the books, in one transaction. Safe to repeat. */
@ApplicationScoped
class SettlePurchase {
    private final MeterPurchases purchases;
    private final OrderCredits orders;
    private final Credits credits;
    private final PurchaseBooks books;
    private final ClearedMeters cleared;

    SettlePurchase(
            MeterPurchases purchases,
            OrderCredits orders,
            Credits credits,
            PurchaseBooks books,
            ClearedMeters cleared) {
        this.purchases = purchases;
        this.orders = orders;
        this.credits = credits;
        this.books = books;
        this.cleared = cleared;
    }

    /** The order before the purchase: whoever gives or refunds takes them so. */
    Uni<Void> settle(SqlConnection tx, MeterPurchase ended) {
        return tell(tx, ended).chain(() -> purchases.locked(tx, ended.id)).flatMap(purchase -> {
            if (purchase.state != ended.state || purchase.lookAt == null) {
                return Uni.createFrom().voidItem();
            }
            Uni<Void> done = follow(tx, purchase);
            purchase.settled();
            return done.chain(() -> purchases.save(tx, purchase));
        });
    }

    private Uni<Void> tell(SqlConnection tx, MeterPurchase ended) {
        if (ended.orderId == null) {
            return Uni.createFrom().voidItem();
        }
        return ended.state == PurchaseState.WRITTEN
                ? orders.done(tx, ended.orderId)
                : orders.failed(tx, ended.orderId, ended.why);
    }

    private Uni<Void> follow(SqlConnection tx, MeterPurchase purchase) {
        boolean written = purchase.state == PurchaseState.WRITTEN;
        if (purchase.kind == PurchaseKind.CLEAR) {
            return written ? cleared.done(tx, purchase) : cleared.failed(tx, purchase);
        }
        return written ? written(tx, purchase) : Uni.createFrom().voidItem();
    }

    private Uni<Void> written(SqlConnection tx, MeterPurchase purchase) {
        Caller by = new Caller(purchase.tenantId, purchase.bySubject, purchase.byName, Set.of());
        return credits.move(
                        tx,
                        new Credits.Wanted(
                                purchase.tenantId,
                                purchase.pointId,
                                CreditMoveKind.TOP_UP,
                                purchase.quantity,
                                PurchaseBooks.paidFen(purchase),
                                PurchaseBooks.source(purchase),
                                by,
                                null))
                .chain(() -> books.sold(tx, purchase));
    }
}
