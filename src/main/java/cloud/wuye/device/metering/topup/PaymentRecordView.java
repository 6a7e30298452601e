package cloud.wuye.device.metering.topup;

import cloud.wuye.device.metering.account.CreditUnit;
import cloud.wuye.payment.order.OrderState;
import cloud.wuye.payment.order.PayerKind;
import cloud.wuye.tariff.Commodity;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A row of the payment records (缴费记录). */
@Type("PaymentRecord")
@Description("缴费记录: a top-up of a meter, paid or not. Until it is credited, amounts are those it was placed with.")
public record PaymentRecordView(
        @Id @NonNull @Description("The order.") UUID orderId,
        @NonNull @Description("订单编号: the order's number.") String orderNo,
        @NonNull @Description("What is metered.") Commodity commodity,
        @Id @NonNull @Description("The meter, when it was placed.") UUID deviceId,
        @NonNull @Description("电表编号/水表编号: the meter's number then.") String meterNo,
        @NonNull @Description("用户名称: who pays.") String payerName,
        @NonNull @Description("用户类型: what kind of customer that is.") PayerKind payerKind,
        @NonNull @Description("应缴费金额: the price, in fen.") Long payableFen,
        @NonNull @Description("实际缴费金额: price and fee, in fen; what has to be paid or was.") Long paidFen,
        @Description("单价: what a unit cost then, in yuan; absent where that depended on when it is used.")
                BigDecimal unitPrice,
        @NonNull @Description("收入: the company's income, in fen: the price.") Long incomeFen,
        @NonNull @Description("手续费: the fee on top, in fen.") Long feeFen,
        @Description("充值度数: the kWh or m³ bought; absent without a unit price.") BigDecimal quantity,
        @NonNull @Description("What before and after are counted in.") CreditUnit unit,
        @NonNull
                @Description("充值前度数: credit before; what was quoted, until it is credited and for ever if it never is.")
                BigDecimal before,
        @NonNull @Description("充值后度数: credit after; likewise.") BigDecimal after,
        @Description("剩余电量: always absent, as in the screen this list follows; ask for the meter's balance.")
                BigDecimal remaining,
        @NonNull @Description("交易状态: how it stands.") PaymentRecordStatus status,
        @NonNull @Description("What of it has gone back, in fen.") Long refundedFen,
        @NonNull @Description("创建时间: when it was placed.") Instant createdAt,
        @Description("When it was credited; absent if it was not.") Instant creditedAt) {

    /** What a statement that reads records selects; of a meter that counts its own credit its word holds. */
    static final String SELECT =
            """
            select t.order_id, t.commodity, t.device_id, t.meter_no, t.unit_price, t.quantity, t.unit, t.created_at, o.credited_at,
              coalesce(t.credited_before, p.before, t.quoted_before) as before,
              coalesce(t.credited_after, p.after, t.quoted_after) as after,
              o.order_no, o.payer_name, o.payer_kind, o.payable_fen, o.surcharge_fen, o.state, o.refunded_fen
            from meter_topup t join payment_order o on o.tenant_id = t.tenant_id and o.id = t.order_id
            left join meter_purchase p on p.tenant_id = t.tenant_id and p.order_id = t.order_id and p.state = 'WRITTEN'""";

    static PaymentRecordView of(Row row) {
        long payable = row.getLong("payable_fen");
        long surcharge = row.getLong("surcharge_fen");
        OffsetDateTime creditedAt = row.getOffsetDateTime("credited_at");
        return new PaymentRecordView(
                row.getUUID("order_id"),
                row.getString("order_no"),
                Commodity.valueOf(row.getString("commodity")),
                row.getUUID("device_id"),
                row.getString("meter_no"),
                row.getString("payer_name"),
                PayerKind.valueOf(row.getString("payer_kind")),
                payable,
                payable + surcharge,
                row.getBigDecimal("unit_price"),
                payable,
                surcharge,
                row.getBigDecimal("quantity"),
                CreditUnit.valueOf(row.getString("unit")),
                row.getBigDecimal("before"),
                row.getBigDecimal("after"),
                null,
                PaymentRecordStatus.of(OrderState.valueOf(row.getString("state"))),
                row.getLong("refunded_fen"),
                row.getOffsetDateTime("created_at").toInstant(),
                creditedAt == null ? null : creditedAt.toInstant());
    }
}
