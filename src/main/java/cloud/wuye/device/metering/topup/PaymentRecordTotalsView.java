package cloud.wuye.device.metering.topup;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** Sums over the payment records that pass a filter. */
@Type("PaymentRecordTotals")
@Description(
        "Sums over the payment records that pass a filter. What was never paid is counted as a record and in no sum.")
public record PaymentRecordTotalsView(
        @NonNull @Description("How many records pass.") Long records,
        @NonNull @Description("How many of them were paid and credited.") Long credited,
        @NonNull @Description("What came in, in fen, with fees.") Long paidFen,
        @NonNull @Description("Prices of what was credited, in fen: 收入.") Long incomeFen,
        @NonNull @Description("Fees of what was credited, in fen.") Long feeFen,
        @NonNull @Description("What went back, in fen.") Long refundedFen,
        @NonNull @Description("kWh and m³ credited; ask for one commodity at a time.") BigDecimal quantity,
        @Description("Whether that is all of them: beyond the newest 50,000 records nothing is added up.")
                boolean complete) {
    /** The most rows that are added up: tens of milliseconds. */
    static final int MOST = 50_000;

    static final String SELECT =
            """
            select count(*) as records, count(credited_at) as credited, coalesce(sum(paid_fen), 0)::bigint as paid,
              coalesce(sum(payable_fen) filter (where credited_at is not null), 0)::bigint as income,
              coalesce(sum(surcharge_fen) filter (where credited_at is not null), 0)::bigint as fee,
              coalesce(sum(refunded_fen), 0)::bigint as refunded,
              coalesce(sum(quantity) filter (where credited_at is not null), 0) as quantity
            from (select t.quantity, t.created_at, t.order_id, o.credited_at, o.paid_fen, o.payable_fen, o.surcharge_fen, o.refunded_fen
                  from meter_topup t join payment_order o on o.tenant_id = t.tenant_id and o.id = t.order_id""";

    static PaymentRecordTotalsView of(Row row, boolean complete) {
        return new PaymentRecordTotalsView(
                row.getLong("records"),
                row.getLong("credited"),
                row.getLong("paid"),
                row.getLong("income"),
                row.getLong("fee"),
                row.getLong("refunded"),
                row.getBigDecimal("quantity"),
                complete);
    }
}
