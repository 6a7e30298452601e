package cloud.wuye.payment.order;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/**
 * Use case: somebody asks for money in suspense to go back. A payment without an order gets one to stand with, so that it goes
 * back as every refund does: a second person approves, the channel is asked until it has answered, a person pays out what it
 * will not.
 */
@ApplicationScoped
class PayBackSuspense {
    /** The purpose of an order that was made to pay back what belongs to none. It buys nothing. */
    static final String PURPOSE = "SUSPENSE";

    private static final Payer NOBODY_KNOWS = new Payer("unknown", "不明 unknown", PayerKind.GUEST);

    private final Db db;
    private final SuspenseItems items;
    private final SuspenseMoney money;
    private final PaymentOrders orders;
    private final Refunds refunds;
    private final PlaceOrder place;
    private final RefundOrder refund;
    private final Audit audit;
    private final CurrentCaller currentCaller;

    PayBackSuspense(
            Db db,
            SuspenseItems items,
            SuspenseMoney money,
            PaymentOrders orders,
            Refunds refunds,
            PlaceOrder place,
            RefundOrder refund,
            Audit audit,
            CurrentCaller currentCaller) {
        this.db = db;
        this.items = items;
        this.money = money;
        this.orders = orders;
        this.refunds = refunds;
        this.place = place;
        this.refund = refund;
        this.audit = audit;
        this.currentCaller = currentCaller;
    }

    /** What is asked for already, or on its way, or back, stays as it is. */
    Uni<SuspenseItem> ask(UUID id, String reason) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> money.locked(tx, id).flatMap(held -> {
            if (held.item().state() == SuspenseState.ASSIGNED) {
                throw new Problem(ProblemCode.ILLEGAL_STATE, null, held.item().state());
            }
            if (held.item().state() != SuspenseState.OPEN) {
                return Uni.createFrom().item(held.item());
            }
            held.item().requireOfTheBooks();
            return ask(tx, caller, held, reason).chain(() -> items.find(tx, id));
        }));
    }

    private Uni<Void> ask(SqlConnection tx, Caller caller, SuspenseMoney.Held held, String reason) {
        Uni<PaymentOrder> holder =
                held.holder() != null ? Uni.createFrom().item(held.holder()) : hold(tx, caller, held);
        return holder.flatMap(order -> refunds.of(tx, order.id)
                .flatMap(all -> SuspenseMoney.undecided(all)
                        ? Uni.createFrom().voidItem()
                        : refund.request(tx, caller, order, order.refundableFen(), reason)
                                .chain(asked -> audit.record(
                                        tx,
                                        caller,
                                        "suspense.payBack",
                                        "SuspenseItem",
                                        held.item().id(),
                                        null,
                                        Map.of("refund", asked.id, "fen", asked.fen),
                                        reason))));
    }

    /** An order that asks for nothing and has been paid wrongly: by what stands in suspense. */
    private Uni<PaymentOrder> hold(SqlConnection tx, Caller caller, SuspenseMoney.Held held) {
        SuspenseItem item = held.item();
        NewOrder wanted = new NewOrder(
                PURPOSE, item.id(), item.number(), NOBODY_KNOWS, item.fen(), "suspense:" + item.id(), PURPOSE);
        return place.atCompanysCost(tx, caller, wanted)
                .chain(placed -> orders.locked(tx, placed.id()))
                .call(order -> money.moveTo(tx, held, order))
                .call(order -> {
                    if (!order.paid(item.fen(), false, item.paidAt())) {
                        throw new Problem(ProblemCode.ILLEGAL_STATE, null, order.state);
                    }
                    order.why = item.why();
                    return orders.save(tx, order);
                })
                .call(order -> items.heldBy(tx, item, order.id));
    }
}
