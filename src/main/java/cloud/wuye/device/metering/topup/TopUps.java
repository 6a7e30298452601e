package cloud.wuye.device.metering.topup;

import cloud.wuye.device.metering.account.CreditMove;
import cloud.wuye.device.metering.account.MeterAccount;
import cloud.wuye.payment.order.PlacedOrder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.UUID;

/** What orders to top up buy. Who changes a row has its order locked. */
@ApplicationScoped
class TopUps {
    private static final String ADD =
            """
            INSERT INTO meter_topup (order_id, tenant_id, point_id, device_id, meter_no, commodity, unit, unit_price, quantity, amount,
              quoted_before, quoted_after, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)""";
    private static final String BY_ORDER = "SELECT * FROM meter_topup WHERE tenant_id = $1 AND order_id = $2";
    private static final String CREDITED =
            """
            UPDATE meter_topup SET credited_before = $3, credited_after = $4, credited_at = $5
            WHERE tenant_id = $1 AND order_id = $2""";
    private static final String TAKEN_BACK =
            "UPDATE meter_topup SET taken_back_fen = taken_back_fen + $3 WHERE tenant_id = $1 AND order_id = $2";

    /** Writes down what an order that was just placed buys. */
    Uni<Void> add(SqlConnection tx, MeterAccount account, String meterNo, PlacedOrder order, TopUpQuote quote) {
        return tx.preparedQuery(ADD)
                .execute(Tuple.from(new Object[] {
                    order.id(),
                    account.tenantId(),
                    account.pointId(),
                    account.deviceId(),
                    meterNo,
                    account.commodity().name(),
                    quote.unit().name(),
                    quote.unitPrice(),
                    quote.quantity(),
                    quote.amount(),
                    quote.before(),
                    quote.after(),
                    order.createdAt().atOffset(ZoneOffset.UTC)
                }))
                .replaceWithVoid();
    }

    /** What an order buys. */
    Uni<TopUp> byOrder(SqlConnection tx, UUID tenantId, UUID orderId) {
        return tx.preparedQuery(BY_ORDER)
                .execute(Tuple.of(tenantId, orderId))
                .map(rows -> TopUp.of(rows.iterator().next()));
    }

    /** It is credited. */
    Uni<Void> credited(SqlConnection tx, TopUp topUp, CreditMove move) {
        return tx.preparedQuery(CREDITED)
                .execute(Tuple.of(
                        topUp.tenantId(),
                        topUp.orderId(),
                        move.before(),
                        move.after(),
                        move.at().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** So much of its price was taken back. */
    Uni<Void> takenBack(SqlConnection tx, TopUp topUp, long fen) {
        return tx.preparedQuery(TAKEN_BACK)
                .execute(Tuple.of(topUp.tenantId(), topUp.orderId(), fen))
                .replaceWithVoid();
    }
}
