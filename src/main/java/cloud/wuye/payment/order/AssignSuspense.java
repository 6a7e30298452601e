package cloud.wuye.payment.order;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.outbox.Outbox;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Use case: money in suspense has found its owner. Its payment comes to stand with the order that it pays; an order that had
 * held it before is closed, unpaid. Out of suspense and into the subject's credit it goes in the same transaction; what it
 * buys is given afterwards, as for every payment.
 */
@ApplicationScoped
class AssignSuspense {
    private final Db db;
    private final SuspenseItems items;
    private final SuspenseMoney money;
    private final PaymentOrders orders;
    private final PaymentAttempts attempts;
    private final Refunds refunds;
    private final PlaceOrder place;
    private final List<OrderPurpose> purposes;
    private final OrderBooks books;
    private final Outbox outbox;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    AssignSuspense(
            Db db,
            SuspenseItems items,
            SuspenseMoney money,
            PaymentOrders orders,
            PaymentAttempts attempts,
            Refunds refunds,
            PlaceOrder place,
            @All List<OrderPurpose> purposes,
            OrderBooks books,
            Outbox outbox,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.items = items;
        this.money = money;
        this.orders = orders;
        this.attempts = attempts;
        this.refunds = refunds;
        this.place = place;
        this.purposes = purposes;
        this.books = books;
        this.outbox = outbox;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** To an order, or to a purpose and a subject. Assigned to the same before, it stays as it is; to another, it is refused. */
    Uni<SuspenseItem> assign(UUID id, UUID orderId, String purpose, UUID subjectId, String reason) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> money.locked(tx, id).flatMap(held -> {
                    if (same(held, orderId, purpose, subjectId)) {
                        return Uni.createFrom().item(held.item());
                    }
                    if (held.item().state() != SuspenseState.OPEN) {
                        throw new Problem(
                                ProblemCode.ILLEGAL_STATE, null, held.item().state());
                    }
                    held.item().requireOfTheBooks();
                    return free(tx, held)
                            .chain(() -> orderId == null
                                    ? placed(tx, caller, held.item(), purpose, subjectId)
                                    : fitting(tx, held.item(), orderId))
                            .flatMap(order -> pay(tx, caller, held, order, reason))
                            .chain(() -> items.find(tx, id));
                }))
                .invoke(outbox::nudge);
    }

    private static boolean same(SuspenseMoney.Held held, UUID orderId, String purpose, UUID subjectId) {
        PaymentOrder order = held.holder();
        return held.item().state() == SuspenseState.ASSIGNED
                && (orderId == null
                        ? order.purpose.equals(purpose) && order.subjectId.equals(subjectId)
                        : order.id.equals(orderId));
    }

    /** Somebody may have asked for it to go back: that is decided first. */
    private Uni<Void> free(SqlConnection tx, SuspenseMoney.Held held) {
        return held.holder() == null
                ? Uni.createFrom().voidItem()
                : refunds.of(tx, held.holder().id)
                        .invoke(all -> {
                            if (SuspenseMoney.undecided(all)) {
                                throw new Problem(ProblemCode.REFUND_OPEN, "id");
                            }
                        })
                        .replaceWithVoid();
    }

    private Uni<PaymentOrder> fitting(SqlConnection tx, SuspenseItem item, UUID orderId) {
        return orders.locked(tx, orderId).invoke(order -> {
            if (order == null) {
                throw new Problem(ProblemCode.NOT_FOUND, "orderId", orderId);
            }
            if (order.state.isPaid()) {
                throw new Problem(ProblemCode.ILLEGAL_STATE, "orderId", order.state);
            }
            if (order.dueFen() != item.fen()) {
                throw new Problem(ProblemCode.VALIDATION, "orderId", order.dueFen() + " != " + item.fen());
            }
        });
    }

    private Uni<PaymentOrder> placed(
            SqlConnection tx, Caller caller, SuspenseItem item, String purpose, UUID subjectId) {
        return purposes.stream()
                .filter(each -> each.name().equals(purpose))
                .findFirst()
                .orElseThrow(() -> new Problem(ProblemCode.VALIDATION, "purpose", purpose))
                .forFoundMoney(tx, subjectId, item.fen())
                .chain(wanted -> place.atCompanysCost(tx, caller, wanted))
                .chain(order -> orders.locked(tx, order.id()));
    }

    private Uni<Void> pay(SqlConnection tx, Caller caller, SuspenseMoney.Held held, PaymentOrder order, String reason) {
        SuspenseItem item = held.item();
        return money.moveTo(tx, held, order)
                .chain(() -> held.holder() == null ? Uni.createFrom().voidItem() : left(tx, held.holder(), order))
                .chain(() -> {
                    if (!order.paid(item.fen(), true, item.paidAt())) {
                        throw new Problem(ProblemCode.ILLEGAL_STATE, null, order.state);
                    }
                    return orders.save(tx, order);
                })
                .chain(() -> items.assigned(tx, item, order.id, caller, reason))
                .chain(() -> attempts.askNow(tx, order.id, clock.now()))
                .chain(() -> books.assigned(tx, order, item, clock.now()))
                .chain(() -> outbox.put(
                        tx,
                        order.tenantId,
                        CreditOrder.KIND,
                        order.id.toString(),
                        order.id.toString(),
                        Map.of("order", order.id)))
                .chain(() -> audit.record(
                        tx,
                        caller,
                        "suspense.assign",
                        "SuspenseItem",
                        item.id(),
                        Map.of("state", item.state()),
                        Map.of("state", SuspenseState.ASSIGNED, "order", order.id, "fen", item.fen()),
                        reason));
    }

    private Uni<Void> left(SqlConnection tx, PaymentOrder holder, PaymentOrder target) {
        holder.unpaid(clock.now(), "its payment was put to " + target.orderNo);
        return orders.save(tx, holder);
    }
}
