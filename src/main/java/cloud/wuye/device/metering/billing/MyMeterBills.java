package cloud.wuye.device.metering.billing;

import cloud.wuye.identity.resident.CurrentResident;
import cloud.wuye.identity.resident.Resident;
import cloud.wuye.identity.resident.ResidentKind;
import cloud.wuye.payment.order.PayOrder;
import cloud.wuye.payment.order.Payer;
import cloud.wuye.payment.order.PayerKind;
import cloud.wuye.payment.order.PayersWeChat;
import cloud.wuye.payment.order.PlaceOrder;
import cloud.wuye.payment.order.PlacedOrder;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** Use cases: residents see and pay their own bills. What is somebody else's is NOT_FOUND to them. */
@ApplicationScoped
class MyMeterBills {
    private final Db db;
    private final CurrentResident currentResident;
    private final PayMeterBill pay;
    private final PlaceOrder place;
    private final PayOrder channel;
    private final PayersWeChat weChat;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    MyMeterBills(
            Db db,
            CurrentResident currentResident,
            PayMeterBill pay,
            PlaceOrder place,
            PayOrder channel,
            PayersWeChat weChat,
            Audit audit,
            CurrentCaller currentCaller,
            Clock clock) {
        this.db = db;
        this.currentResident = currentResident;
        this.pay = pay;
        this.place = place;
        this.channel = channel;
        this.weChat = weChat;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    /** One page of the caller's bills. */
    Uni<Page<MyMeterBillView>> page(MyMeterBillFilterInput by, Keyset order, PageInput page) {
        Caller caller = currentCaller.get();
        return db.readSql(connection -> currentResident.get(connection, caller).flatMap(resident -> MyMeterBillView.of(
                        resident.id(), clock.now())
                .eq("b.device_id", by.deviceId())
                .eq("b.commodity", by.commodity())
                .in("b.state", by.states())
                .between("b.issued_at", by.issuedAt())
                .page(connection, order, page, MyMeterBillView::of)));
    }

    /** What paying a bill of the caller's would cost and leave. */
    Uni<BillQuoteView> quote(UUID billId, Long amountFen) {
        Caller caller = currentCaller.get();
        return db.readSql(connection -> requireOwn(connection, caller, billId)
                .chain(() -> pay.quote(connection, caller, billId, amountFen))
                .flatMap(quoted -> place.surchargeFen(connection, quoted.fen())
                        .map(surcharge -> new BillQuoteView(
                                quoted.openFen(),
                                quoted.fen(),
                                surcharge,
                                quoted.fen() + surcharge,
                                quoted.openFen() - quoted.fen(),
                                quoted.partial()))));
    }

    /**
     * Places the order and gives what the client needs to pay it. A repeated click, known by its key, goes on with the order
     * and the payment of the first; once that is paid there is nothing more to pay it with.
     */
    Uni<PayMyMeterBillView> pay(PayMyMeterBillInput input) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> requireOwn(tx, caller, input.billId())
                        .flatMap(resident -> weChat.of(tx, resident, input.method())
                                .flatMap(openId -> pay.place(tx, caller, asked(input), payer(resident))
                                        .call(order -> record(tx, caller, order, input))
                                        .map(order -> new Announced(order, openId)))))
                .flatMap(it -> it.order.paid()
                        ? Uni.createFrom().item(PayMyMeterBillView.of(it.order, null))
                        : channel.byWeChat(caller.requireTenant(), it.order.id(), input.method(), it.openId)
                                .map(prepaid -> PayMyMeterBillView.of(it.order, prepaid)));
    }

    /** An order, and who pays it inside WeChat. */
    private record Announced(PlacedOrder order, String openId) {}

    private Uni<Resident> requireOwn(SqlConnection connection, Caller caller, UUID billId) {
        return currentResident.get(connection, caller).call(resident -> MyMeterBillView.of(resident.id(), clock.now())
                .eq("b.id", billId)
                .list(connection, "limit 1", row -> row.getUUID("id"))
                .invoke(found -> {
                    if (found.isEmpty()) {
                        throw new Problem(ProblemCode.NOT_FOUND, "billId", billId);
                    }
                }));
    }

    private Uni<Void> record(SqlConnection tx, Caller caller, PlacedOrder order, PayMyMeterBillInput input) {
        return audit.record(
                tx, caller, "payment.pay", "PaymentOrder", order.id(), null, Map.of("method", input.method()), null);
    }

    private static PayMeterBillInput asked(PayMyMeterBillInput input) {
        return new PayMeterBillInput(input.billId(), null, input.amountFen(), null, input.clientKey());
    }

    private static Payer payer(Resident resident) {
        PayerKind kind = resident.kind() == ResidentKind.GUEST ? PayerKind.GUEST : PayerKind.MEMBER;
        return new Payer(resident.id().toString(), resident.name(), kind);
    }
}
