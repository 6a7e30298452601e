package cloud.wuye.device.metering.billing;

import cloud.wuye.payment.order.NewOrder;
import cloud.wuye.payment.order.Payer;
import cloud.wuye.payment.order.PayerKind;
import cloud.wuye.payment.order.PlaceOrder;
import cloud.wuye.payment.order.PlacedOrder;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Use case: places the order with which somebody is going to pay bills. The bills change when it is paid. */
@ApplicationScoped
class PayMeterBill {
    private static final String METER =
            """
            SELECT a.point_id, d.serial_no FROM meter_account a JOIN device d ON d.tenant_id = a.tenant_id AND d.id = a.device_id
            WHERE a.device_id = $1 ORDER BY a.opened_at DESC LIMIT 1""";
    private static final String SERIAL = "SELECT serial_no FROM device WHERE id = $1";

    private final Db db;
    private final MeterBills bills;
    private final BillOrders orders;
    private final BillingPeriods periods;
    private final PlaceOrder place;
    private final Audit audit;
    private final CurrentCaller currentCaller;

    PayMeterBill(
            Db db,
            MeterBills bills,
            BillOrders orders,
            BillingPeriods periods,
            PlaceOrder place,
            Audit audit,
            CurrentCaller currentCaller) {
        this.db = db;
        this.bills = bills;
        this.orders = orders;
        this.periods = periods;
        this.place = place;
        this.audit = audit;
        this.currentCaller = currentCaller;
    }

    private record Wanted(List<MeterBill> bills, String meter) {
        long openFen() {
            return bills.stream().mapToLong(MeterBill::openFen).sum();
        }
    }

    /**
     * What a payment would be.
     *
     * @param partial whether less than all that is left may be paid
     */
    record Quoted(long openFen, long fen, boolean partial) {}

    Uni<PlacedOrder> place(PayMeterBillInput input) {
        if ((input.billId() == null) == (input.deviceId() == null)) {
            throw new Problem(
                    ProblemCode.VALIDATION,
                    "billId",
                    Detail.of("须给出 {0} 或 {1} 之一", "needs either {0} or {1}", "billId", "deviceId"));
        }
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> place(tx, caller, input, null));
    }

    /** The same in the caller's transaction, for a payer who is known; null: whoever is asked to pay. */
    Uni<PlacedOrder> place(SqlConnection tx, Caller caller, PayMeterBillInput input, Payer known) {
        // Of a bill that its first click has paid there is nothing left to place an order for.
        return place.placedBefore(tx, caller, input.clientKey(), wish(input))
                .flatMap(first -> first == null
                        ? fresh(tx, caller, input, known)
                        : Uni.createFrom().item(first));
    }

    private Uni<PlacedOrder> fresh(SqlConnection tx, Caller caller, PayMeterBillInput input, Payer known) {
        return wanted(tx, caller, input).flatMap(wanted -> partial(tx, caller, wanted)
                .flatMap(partial -> place(
                        tx,
                        caller,
                        input,
                        wanted,
                        amount(input.amountFen(), wanted, partial),
                        known == null ? payer(caller, input, wanted) : known)));
    }

    /** What paying so much of a bill would be; BILL_AMOUNT when it cannot be paid so. */
    Uni<Quoted> quote(SqlConnection connection, Caller caller, UUID billId, Long amountFen) {
        return bills.one(connection, billId, "billId")
                .map(bill -> new Wanted(List.of(bill), ""))
                .flatMap(wanted -> partial(connection, caller, wanted)
                        .map(partial -> new Quoted(wanted.openFen(), amount(amountFen, wanted, partial), partial)));
    }

    private Uni<Wanted> wanted(SqlConnection tx, Caller caller, PayMeterBillInput input) {
        if (input.billId() != null) {
            return bills.locked(tx, input.billId(), "billId").flatMap(bill -> tx.preparedQuery(SERIAL)
                    .execute(Tuple.of(bill.deviceId))
                    .map(rows ->
                            new Wanted(List.of(bill), rows.iterator().next().getString("serial_no"))));
        }
        return tx.preparedQuery(METER).execute(Tuple.of(input.deviceId())).flatMap(rows -> {
            if (rows.size() == 0) {
                throw new Problem(ProblemCode.ACCOUNT_MISSING, "deviceId", input.deviceId());
            }
            Row meter = rows.iterator().next();
            return bills.unpaid(tx, caller.requireTenant(), meter.getUUID("point_id"))
                    .map(unpaid -> new Wanted(unpaid, meter.getString("serial_no")));
        });
    }

    private Uni<Boolean> partial(SqlConnection tx, Caller caller, Wanted wanted) {
        return wanted.bills.isEmpty()
                ? Uni.createFrom().item(false)
                : periods.of(tx, caller.requireTenant(), wanted.bills.get(0).commodity)
                        .map(period -> period == null || period.partialPayments());
    }

    private static long amount(Long asked, Wanted wanted, boolean partial) {
        long open = wanted.openFen();
        long least = partial ? Math.min(1, open) : open;
        long amount = asked == null ? open : asked;
        if (amount <= 0 || amount > open || amount < least) {
            throw new Problem(ProblemCode.BILL_AMOUNT, "amountFen", least, open);
        }
        return amount;
    }

    private static Payer payer(Caller caller, PayMeterBillInput input, Wanted wanted) {
        UUID customer = wanted.bills.get(0).customerId;
        return new Payer(
                customer == null ? caller.subject() : customer.toString(),
                input.payerName() == null ? caller.name() : input.payerName(),
                customer == null ? PayerKind.GUEST : PayerKind.MEMBER);
    }

    private Uni<PlacedOrder> place(
            SqlConnection tx, Caller caller, PayMeterBillInput input, Wanted wanted, long amount, Payer payer) {
        MeterBill first = wanted.bills.get(0);
        NewOrder order = new NewOrder(
                MeterBillPurpose.NAME, first.pointId, wanted.meter, payer, amount, input.clientKey(), wish(input));
        List<BillOrders.Part> parts = parts(wanted.bills, amount);
        return place.place(tx, caller, order)
                .call(placed -> placed.fresh()
                        ? orders.add(tx, first.tenantId, placed.id(), parts)
                                .chain(() -> audit.record(
                                        tx,
                                        caller,
                                        "bill.pay",
                                        "MeterBill",
                                        first.id,
                                        null,
                                        Map.of("order", placed.orderNo(), "fen", amount, "bills", numbers(parts)),
                                        null))
                        : Uni.createFrom().voidItem());
    }

    private static String wish(PayMeterBillInput input) {
        return "pay " + input.billId() + " " + input.deviceId() + " " + input.amountFen();
    }

    private static List<UUID> numbers(List<BillOrders.Part> parts) {
        return parts.stream().map(BillOrders.Part::billId).toList();
    }

    private static List<BillOrders.Part> parts(List<MeterBill> bills, long amount) {
        List<BillOrders.Part> parts = new ArrayList<>();
        long rest = amount;
        for (MeterBill bill : bills) {
            long fen = Math.min(rest, bill.openFen());
            if (fen > 0) {
                parts.add(new BillOrders.Part(bill.id, fen, 0));
                rest -= fen;
            }
        }
        return parts;
    }
}
