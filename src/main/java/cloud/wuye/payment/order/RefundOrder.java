package cloud.wuye.payment.order;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.outbox.Outbox;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Use cases: one person asks for money to go back, another decides; and what a person does about a refund that is stuck. */
@ApplicationScoped
class RefundOrder {
    private static final String SUBJECT = "Refund";

    private final Db db;
    private final PaymentOrders orders;
    private final Refunds refunds;
    private final OweBack oweBack;
    private final CreditOrder credit;
    private final SuspenseItems suspense;
    private final OrderBooks books;
    private final CashDesk desk;
    private final Outbox outbox;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    RefundOrder(
            Db db,
            PaymentOrders orders,
            Refunds refunds,
            OweBack oweBack,
            CreditOrder credit,
            SuspenseItems suspense,
            OrderBooks books,
            CashDesk desk,
            Outbox outbox,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.orders = orders;
        this.refunds = refunds;
        this.oweBack = oweBack;
        this.credit = credit;
        this.suspense = suspense;
        this.books = books;
        this.desk = desk;
        this.outbox = outbox;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** What would go back if so much of the price were asked for now; without an amount, all that is left. */
    Uni<RefundQuoteView> quote(UUID orderId, Long fen) {
        return db.readSql(connection -> orders.byIds(connection, List.of(orderId))
                .map(found -> required(found.get(orderId), orderId))
                .flatMap(order -> refunds.of(connection, orderId).map(all -> {
                    Returnable left = Returnable.of(order, all);
                    long asked = fen == null ? left.leftFen() : fen;
                    requireFitting(order, left, asked);
                    return RefundQuoteView.of(left, asked);
                })));
    }

    /** Asks for part or all of the price to go back, and of the surcharge its share. Nothing moves until it is approved. */
    Uni<Refund> request(UUID orderId, long fen, String reason) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> locked(tx, orderId).flatMap(order -> request(tx, caller, order, fen, reason)));
    }

    /**
     * The same for an order that is locked. Another amount than asked for stands in suspense, and goes back whole; so does what
     * was paid for something that could not be given, for nobody would ever give the rest.
     */
    Uni<Refund> request(SqlConnection tx, Caller caller, PaymentOrder order, long fen, String reason) {
        return refunds.of(tx, order.id).map(all -> Returnable.of(order, all)).flatMap(left -> {
            requireFitting(order, left, fen);
            return oweBack.paidAttempt(tx, order).flatMap(attempt -> {
                Refund refund = oweBack.draft(order, attempt, caller, RefundCause.ASKED);
                refund.surchargeFen = left.surchargeWith(fen);
                refund.fen = fen + refund.surchargeFen;
                refund.reason = reason;
                return refunds.add(tx, order, refund).flatMap(added -> {
                    if (!added) {
                        throw new Problem(ProblemCode.REFUND_OPEN, "orderId");
                    }
                    return record(tx, caller, "request", null, refund, reason).replaceWith(refund);
                });
            });
        });
    }

    private static void requireFitting(PaymentOrder order, Returnable left, long fen) {
        boolean whole = order.state == OrderState.AMOUNT_MISMATCH || order.state == OrderState.CREDIT_FAILED;
        if (left.leftFen() == 0 || fen > left.leftFen()) {
            throw new Problem(ProblemCode.REFUND_TOO_LARGE, "amountFen", left.leftFen());
        }
        if (fen <= 0) {
            throw new Problem(ProblemCode.VALIDATION, "amountFen", Detail.between(1, left.leftFen()));
        }
        if (whole && fen != left.leftFen()) {
            throw new Problem(
                    ProblemCode.VALIDATION,
                    "amountFen",
                    Detail.of("须全额退：{0} 分", "must be all of it: {0} fen", left.leftFen()));
        }
    }

    /** Approves it: from now on the money is owed. Who asked cannot approve. Repeating it changes nothing. */
    Uni<Refund> approve(UUID refundId) {
        Caller caller = currentCaller.get();
        return deciding(refundId, "approve", null, (tx, order, refund) -> {
            if (refund.state.owes() || refund.state == RefundState.SUCCEEDED) {
                return Uni.createFrom().voidItem();
            }
            if (refund.requestedBy.equals(caller.subject())) {
                throw new Problem(ProblemCode.SECOND_PERSON_NEEDED, "id");
            }
            if (!order.isGiven() && refund.fen != order.refundableFen()) {
                throw new Problem(ProblemCode.ILLEGAL_STATE, null, order.state);
            }
            Uni<Void> takenBack = order.isGiven()
                    ? credit.purposeOf(order).takeBack(tx, PaidOrder.of(order, false), refund.fen - refund.surchargeFen)
                    : Uni.createFrom().voidItem();
            refund.approve(caller.subject(), caller.name(), clock.now());
            return takenBack.chain(() -> refunds.save(tx, refund)).chain(() -> oweBack.owe(tx, order, refund));
        });
    }

    /** Decides against it. Repeating it changes nothing. */
    Uni<Refund> reject(UUID refundId, String reason) {
        Caller caller = currentCaller.get();
        return deciding(refundId, "reject", reason, (tx, order, refund) -> {
            if (refund.state == RefundState.REJECTED) {
                return Uni.createFrom().voidItem();
            }
            refund.reject(caller.subject(), caller.name(), clock.now(), reason);
            return refunds.save(tx, refund);
        });
    }

    /** Sends a refund that the channel refused again, under the same number. */
    Uni<Refund> retry(UUID refundId) {
        return deciding(refundId, "retry", null, (tx, order, refund) -> {
            refund.again();
            Uni<Void> kept = refunds.save(tx, refund);
            if (refund.cause != RefundCause.SURPLUS) {
                order.refundAgain();
                kept = kept.chain(() -> orders.save(tx, order));
            }
            return kept.chain(() -> oweBack.send(tx, refund));
        });
    }

    /** A person has paid it out by hand: cash that was taken in cash, or what the channel would not take. */
    Uni<Refund> paidOut(UUID refundId, String receiptNo) {
        return deciding(refundId, "payOut", receiptNo, (tx, order, refund) -> {
            if (!refund.by.byHand() && refund.state != RefundState.FAILED && refund.state != RefundState.SUCCEEDED) {
                // The channel may be paying it out at this moment.
                throw new Problem(ProblemCode.ILLEGAL_STATE, null, refund.state);
            }
            return succeeded(tx, order, refund, receiptNo, true);
        });
    }

    /** Under the order's lock: the money has gone back. Repeating the news changes nothing. */
    Uni<Void> succeeded(SqlConnection tx, PaymentOrder order, Refund refund, String receipt, boolean byHand) {
        boolean failedBefore = refund.state == RefundState.FAILED;
        if (!refund.succeeded(receipt, clock.now(), byHand)) {
            return Uni.createFrom().voidItem();
        }
        Uni<Void> kept = refunds.save(tx, refund).chain(() -> posted(tx, refund, byHand));
        if (refund.cause == RefundCause.SURPLUS) {
            return kept;
        }
        if (failedBefore) {
            order.refundAgain();
        }
        order.refunded(refund.fen);
        return kept.chain(() -> orders.save(tx, order)).chain(() -> suspense.refunded(tx, order.id));
    }

    private Uni<Void> posted(SqlConnection tx, Refund refund, boolean byHand) {
        return byHand
                ? desk.take(tx, refund.tenantId, refund.fen, "id", () -> books.refunded(tx, refund, true))
                : books.refunded(tx, refund, false);
    }

    /** Under the order's lock: the channel refused for good. Repeating the news changes nothing. */
    Uni<Void> failed(SqlConnection tx, PaymentOrder order, Refund refund, String why) {
        if (!refund.failed(why)) {
            return Uni.createFrom().voidItem();
        }
        Uni<Void> kept = refunds.save(tx, refund);
        if (refund.cause == RefundCause.SURPLUS) {
            return kept;
        }
        order.refundFailed(why);
        return kept.chain(() -> orders.save(tx, order));
    }

    private Uni<Refund> deciding(UUID refundId, String act, String reason, Decision decision) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> refunds.orderOf(tx, refundId)
                        .flatMap(orderId -> {
                            if (orderId == null) {
                                throw new Problem(ProblemCode.NOT_FOUND, "id", refundId);
                            }
                            return orders.locked(tx, orderId);
                        })
                        .flatMap(order -> refunds.one(tx, refundId).flatMap(refund -> {
                            Map<String, Object> before = forAudit(refund);
                            return decision.take(tx, order, refund)
                                    .chain(() -> record(tx, caller, act, before, refund, reason))
                                    .replaceWith(refund);
                        })))
                .invoke(outbox::nudge);
    }

    private Uni<PaymentOrder> locked(SqlConnection tx, UUID orderId) {
        return orders.locked(tx, orderId).map(order -> required(order, orderId));
    }

    private static PaymentOrder required(PaymentOrder order, UUID orderId) {
        if (order == null) {
            throw new Problem(ProblemCode.NOT_FOUND, "orderId", orderId);
        }
        return order;
    }

    private Uni<Void> record(
            SqlConnection tx, Caller caller, String act, Map<String, Object> before, Refund refund, String reason) {
        return audit.record(tx, caller, "refund." + act, SUBJECT, refund.id, before, forAudit(refund), reason);
    }

    private static Map<String, Object> forAudit(Refund refund) {
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("order", refund.orderId);
        kept.put("fen", refund.fen);
        kept.put("state", refund.state);
        kept.put("receipt", refund.receipt);
        return kept;
    }

    /** What a person decides about a refund, under the order's lock. */
    @FunctionalInterface
    private interface Decision {
        Uni<Void> take(SqlConnection tx, PaymentOrder order, Refund refund);
    }
}
