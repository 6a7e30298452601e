package cloud.wuye.device.metering.topup;

import cloud.wuye.device.metering.account.MeterAccount;
import cloud.wuye.payment.order.NewOrder;
import cloud.wuye.payment.order.Payer;
import cloud.wuye.payment.order.PayerKind;
import cloud.wuye.payment.order.PlaceOrder;
import cloud.wuye.payment.order.PlacedOrder;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** Use case: staff order a top-up for whoever pays for a meter. It is credited once it is paid. */
@ApplicationScoped
class TopUpMeter {
    private static final String METER = "SELECT serial_no, name FROM device WHERE id = $1";

    private final Db db;
    private final QuoteTopUp quotes;
    private final PlaceOrder place;
    private final TopUps topUps;
    private final Audit audit;
    private final CurrentCaller currentCaller;

    TopUpMeter(Db db, QuoteTopUp quotes, PlaceOrder place, TopUps topUps, Audit audit, CurrentCaller currentCaller) {
        this.db = db;
        this.quotes = quotes;
        this.place = place;
        this.topUps = topUps;
        this.audit = audit;
        this.currentCaller = currentCaller;
    }

    /** Places the order with its quote; a repeated click finds the order of the first. Gives the order's id. */
    Uni<UUID> order(UUID deviceId, QuoteTopUp.Wish wish, String payerName, String clientKey) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> order(tx, caller, deviceId, wish, payerName, null, clientKey));
    }

    /** The same in the caller's transaction, for a payer who is known. */
    Uni<UUID> order(
            SqlConnection tx, Caller caller, UUID deviceId, QuoteTopUp.Wish wish, Payer payer, String clientKey) {
        return order(tx, caller, deviceId, wish, null, payer, clientKey);
    }

    private Uni<UUID> order(
            SqlConnection tx,
            Caller caller,
            UUID deviceId,
            QuoteTopUp.Wish wish,
            String payerName,
            Payer known,
            String clientKey) {
        return quotes.quote(tx, deviceId, wish).flatMap(quoted -> tx.preparedQuery(METER)
                .execute(Tuple.of(deviceId))
                .map(rows -> rows.iterator().next())
                .flatMap(meter -> {
                    Payer payer = known == null ? payer(quoted.account(), meter, payerName) : known;
                    return place(tx, caller, quoted, meter, payer, wish, clientKey);
                }));
    }

    private Uni<UUID> place(
            SqlConnection tx,
            Caller caller,
            QuoteTopUp.Quoted quoted,
            Row meter,
            Payer payer,
            QuoteTopUp.Wish wish,
            String clientKey) {
        MeterAccount account = quoted.account();
        String meterNo = meter.getString("serial_no");
        NewOrder wanted = new NewOrder(
                GiveTopUp.NAME,
                account.pointId(),
                meterNo,
                payer,
                quoted.quote().payableFen(),
                clientKey,
                GiveTopUp.NAME + " " + account.pointId() + " " + wish.words());
        return place.place(tx, caller, wanted)
                .call(order -> order.fresh()
                        ? topUps.add(tx, account, meterNo, order, quoted.quote())
                                .chain(() -> record(tx, caller, account, order, quoted.quote()))
                        : Uni.createFrom().voidItem())
                .map(PlacedOrder::id);
    }

    private Uni<Void> record(
            SqlConnection tx, Caller caller, MeterAccount account, PlacedOrder order, TopUpQuote quote) {
        Map<String, Object> after = Map.of(
                "orderNo",
                order.orderNo(),
                "pointId",
                account.pointId(),
                "payableFen",
                quote.payableFen(),
                "amount",
                quote.amount());
        return audit.record(tx, caller, "meter.topUp", "PaymentOrder", order.id(), null, after, null);
    }

    /** The resident who is asked to pay for the meter, or somebody who came to the counter. */
    private static Payer payer(MeterAccount account, Row meter, String name) {
        boolean known = account.customerId() != null;
        String subject = known ? account.customerId().toString() : "counter";
        String called = name == null || name.isBlank() ? meter.getString("name") : name.trim();
        return new Payer(subject, called, known ? PayerKind.MEMBER : PayerKind.GUEST);
    }
}
