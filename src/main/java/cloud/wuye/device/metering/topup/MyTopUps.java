package cloud.wuye.device.metering.topup;

import cloud.wuye.device.metering.resident.MyMeters;
import cloud.wuye.identity.resident.CurrentResident;
import cloud.wuye.identity.resident.Resident;
import cloud.wuye.identity.resident.ResidentKind;
import cloud.wuye.payment.Prepaid;
import cloud.wuye.payment.PrepayMethod;
import cloud.wuye.payment.order.PayOrder;
import cloud.wuye.payment.order.Payer;
import cloud.wuye.payment.order.PayerKind;
import cloud.wuye.payment.order.PayersWeChat;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** Use cases: residents top up their own meters. What is somebody else's is NOT_FOUND to them. */
@ApplicationScoped
class MyTopUps {
    private final Db db;
    private final MyMeters meters;
    private final CurrentResident currentResident;
    private final QuoteTopUp quotes;
    private final TopUpMeter topUp;
    private final PayOrder pay;
    private final PayersWeChat weChat;
    private final Audit audit;
    private final CurrentCaller currentCaller;

    MyTopUps(
            Db db,
            MyMeters meters,
            CurrentResident currentResident,
            QuoteTopUp quotes,
            TopUpMeter topUp,
            PayOrder pay,
            PayersWeChat weChat,
            Audit audit,
            CurrentCaller currentCaller) {
        this.db = db;
        this.meters = meters;
        this.currentResident = currentResident;
        this.quotes = quotes;
        this.topUp = topUp;
        this.pay = pay;
        this.weChat = weChat;
        this.audit = audit;
        this.currentCaller = currentCaller;
    }

    Uni<TopUpQuoteView> quote(UUID deviceId, QuoteTopUp.Wish wish) {
        Caller caller = currentCaller.get();
        return db.readSql(connection ->
                meters.require(connection, caller, deviceId).chain(() -> quotes.shown(connection, deviceId, wish)));
    }

    /** Places the order; a repeated click finds the order of the first. */
    Uni<UUID> order(UUID deviceId, QuoteTopUp.Wish wish, String clientKey) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> meters.require(tx, caller, deviceId)
                .flatMap(resident -> topUp.order(tx, caller, deviceId, wish, payer(resident), clientKey)));
    }

    /** Gives what the client needs to pay the caller's own order. */
    Uni<Prepaid> pay(UUID orderId, PrepayMethod method) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> currentResident
                        .get(tx, caller)
                        .call(resident -> requireOwn(tx, resident, orderId))
                        .call(() -> audit.record(
                                tx,
                                caller,
                                "payment.pay",
                                "PaymentOrder",
                                orderId,
                                null,
                                Map.of("method", method),
                                null))
                        .flatMap(resident -> weChat.of(tx, resident, method)))
                .flatMap(openId -> pay.byWeChat(caller.requireTenant(), orderId, method, openId));
    }

    /** What the caller ordered themselves, and what others ordered in their name. */
    Uni<Page<PaymentRecordView>> page(MyPaymentRecordFilterInput filter, Keyset order, PageInput page) {
        Caller caller = currentCaller.get();
        return db.readSql(connection -> currentResident.get(connection, caller).flatMap(resident -> Select.of(
                        PaymentRecordView.SELECT)
                .eq("o.payer", resident.id().toString())
                .eq("t.device_id", filter == null ? null : filter.deviceId())
                .page(connection, order, page, PaymentRecordView::of)));
    }

    /** One record of the caller's. */
    Uni<PaymentRecordView> one(UUID orderId) {
        return db.readSql(connection -> Select.of(PaymentRecordView.SELECT)
                .eq("t.order_id", orderId)
                .list(connection, "limit 1", PaymentRecordView::of)
                .map(found -> found.get(0)));
    }

    private static Uni<Void> requireOwn(SqlConnection tx, Resident resident, UUID orderId) {
        return Select.of(
                        "select o.id from payment_order o join meter_topup t on t.tenant_id = o.tenant_id and t.order_id = o.id")
                .eq("o.id", orderId)
                .eq("o.payer", resident.id().toString())
                .list(tx, "limit 1", row -> row.getUUID("id"))
                .invoke(found -> {
                    if (found.isEmpty()) {
                        throw new Problem(ProblemCode.NOT_FOUND, "orderId", orderId);
                    }
                })
                .replaceWithVoid();
    }

    private static Payer payer(Resident resident) {
        PayerKind kind = resident.kind() == ResidentKind.GUEST ? PayerKind.GUEST : PayerKind.MEMBER;
        return new Payer(resident.id().toString(), resident.name(), kind);
    }
}
