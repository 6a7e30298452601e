package cloud.wuye.device.metering.billing;

import cloud.wuye.ledger.Entry;
import cloud.wuye.payment.order.OrderPurpose;
import cloud.wuye.payment.order.PaidOrder;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What an order to pay bills buys: the money becomes what was owed. A bill paid meanwhile otherwise refuses, and it goes back. */
@ApplicationScoped
class MeterBillPurpose implements OrderPurpose {
    static final String NAME = "METER_BILL";

    private final BillOrders orders;
    private final MeterBills bills;
    private final BillBooks books;
    private final List<ArrearsChanged> listeners;
    private final Clock clock;

    MeterBillPurpose(
            BillOrders orders, MeterBills bills, BillBooks books, @All List<ArrearsChanged> listeners, Clock clock) {
        this.listeners = listeners;
        this.orders = orders;
        this.bills = bills;
        this.books = books;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Uni<Given> give(SqlConnection tx, PaidOrder order) {
        return with(tx, order, (parts, byId) -> {
            if (parts.stream().anyMatch(part -> !byId.get(part.billId()).takes(part.fen()))) {
                return Uni.createFrom().item(Given.REFUSED);
            }
            List<BillOrders.Part> given = new ArrayList<>();
            List<MeterBills.Happened> events = new ArrayList<>();
            List<Entry> entries = new ArrayList<>();
            for (BillOrders.Part part : parts) {
                MeterBill bill = byId.get(part.billId());
                bill.pay(part.fen(), order.paidAt());
                given.add(part.given(part.fen()));
                events.add(happened(bill, BillEventKind.PAYMENT, part.fen(), order));
                entries.add(BillBooks.paid(bill, order.id(), order.subjectId(), part.fen(), order.paidAt()));
            }
            return keep(tx, order, given, byId, events, entries).replaceWith(Given.DONE);
        });
    }

    /** From the bill that is due last on. */
    @Override
    public Uni<Void> takeBack(SqlConnection tx, PaidOrder order, long fen) {
        Instant now = clock.now();
        return with(tx, order, (parts, byId) -> {
            List<BillOrders.Part> left = new ArrayList<>();
            List<MeterBills.Happened> events = new ArrayList<>();
            List<Entry> entries = new ArrayList<>();
            long rest = fen;
            for (int i = parts.size() - 1; i >= 0 && rest > 0; i--) {
                BillOrders.Part part = parts.get(i);
                long back = Math.min(rest, part.givenFen());
                if (back == 0) {
                    continue;
                }
                MeterBill bill = byId.get(part.billId());
                bill.takeBack(back, now);
                BillOrders.Part after = part.given(part.givenFen() - back);
                left.add(after);
                events.add(happened(bill, BillEventKind.PAYMENT_TAKEN_BACK, back, order));
                entries.add(BillBooks.takenBack(bill, order.id(), order.subjectId(), back, after.givenFen(), now));
                rest -= back;
            }
            if (rest > 0) {
                throw new Problem(ProblemCode.REFUND_TOO_LARGE, "amountFen", fen - rest);
            }
            return keep(tx, order, left, byId, events, entries);
        });
    }

    private interface Work<T> {
        Uni<T> with(List<BillOrders.Part> parts, Map<UUID, MeterBill> byId);
    }

    private <T> Uni<T> with(SqlConnection tx, PaidOrder order, Work<T> work) {
        return orders.of(tx, order.tenantId(), order.id()).flatMap(parts -> bills.locked(
                        tx,
                        order.tenantId(),
                        parts.stream().map(BillOrders.Part::billId).toList())
                .flatMap(locked -> {
                    Map<UUID, MeterBill> byId = new HashMap<>();
                    locked.forEach(bill -> byId.put(bill.id, bill));
                    return work.with(parts, byId);
                }));
    }

    private Uni<Void> keep(
            SqlConnection tx,
            PaidOrder order,
            List<BillOrders.Part> parts,
            Map<UUID, MeterBill> byId,
            List<MeterBills.Happened> events,
            List<Entry> entries) {
        return bills.save(tx, List.copyOf(byId.values()))
                .chain(() -> orders.save(tx, order.tenantId(), order.id(), parts))
                .chain(() -> bills.tell(tx, events))
                .chain(() -> books.post(tx, entries))
                .chain(() -> settled(tx, order, byId.values()));
    }

    private Uni<Void> settled(SqlConnection tx, PaidOrder order, Collection<MeterBill> some) {
        Set<UUID> points = some.stream().map(bill -> bill.pointId).collect(Collectors.toSet());
        Uni<Void> told = Uni.createFrom().voidItem();
        for (ArrearsChanged each : listeners) {
            told = told.chain(() -> each.settled(tx, order.tenantId(), points));
        }
        return told;
    }

    private static MeterBills.Happened happened(MeterBill bill, BillEventKind kind, long fen, PaidOrder order) {
        Caller by = new Caller(
                order.tenantId(), order.payer().subject(), order.payer().name(), Set.of());
        return new MeterBills.Happened(bill, kind, fen, order.id(), by, order.orderNo());
    }
}
