package cloud.wuye.device.metering.billing;

import static cloud.wuye.platform.db.Columns.instant;

import cloud.wuye.tariff.Commodity;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A bill as clients see it. */
@Type("MeterBill")
@Description("账单: what usage of a meter costs, asked for after use. What it says never changes. Sums are in fen.")
public record MeterBillView(
        @Id @NonNull @Description("The id.") UUID id,
        @NonNull @Description("账单编号: the number that people read out.") String number,
        @Id @NonNull @Description("The run that made it.") UUID runId,
        @Id @NonNull @Description("The service point whose usage it bills.") UUID pointId,
        @Id @NonNull @Description("The meter that served it at the end.") UUID deviceId,
        @NonNull @Description("表号: that meter's number.") String meterNo,
        @NonNull @Description("What is billed.") Commodity commodity,
        @Id @Description("The resident who is asked to pay.") UUID customerId,
        @NonNull @Description("The end of the period by the calendar.") Instant cutAt,
        @NonNull @Description("Where the bill before it ended.") Instant fromAt,
        @NonNull @Description("The reading it goes up to; the end of the period where that is estimated.")
                Instant untilAt,
        @Description("true: the meter was not read in time, a part is estimated and the next bill takes it back.")
                boolean estimated,
        @Description("What the meter showed at its end; absent when estimated.") BigDecimal register,
        @NonNull @Description("用量: kWh or m³, corrections included.") BigDecimal quantity,
        @NonNull @Description("What it says: this period's usage and corrections.") Long totalFen,
        @NonNull @Description("What the bill before it left in the customer's favour: never above 0.") Long broughtFen,
        @NonNull @Description("应缴: what is asked for.") Long payableFen,
        @NonNull @Description("What is left in the customer's favour for the next bill: never above 0.")
                Long carriedFen,
        @NonNull @Description("已缴: what was paid of it.") Long paidFen,
        @NonNull @Description("未缴: what is left to pay.") Long openFen,
        @NonNull @Description("What was given up of it.") Long writtenOffFen,
        @NonNull @Description("How it stands.") BillState state,
        @NonNull @Description("When it was issued.") Instant issuedAt,
        @NonNull @Description("The last day on which to pay.") LocalDate dueOn,
        @NonNull @Description("When it is overdue, grace included.") Instant overdueAt,
        @Description("When nothing was left to pay.") Instant settledAt) {
    static final String SELECT =
            """
            select b.id, b.number, b.run_id, b.point_id, b.device_id, d.serial_no, b.commodity, b.customer_id, b.cut_at, b.from_at,
              b.until_at, b.estimated, b.register, b.quantity, b.total_fen, b.brought_fen, b.payable_fen, b.carried_fen, b.paid_fen,
              b.written_off_fen, b.state, b.issued_at, b.due_on, b.overdue_at, b.settled_at
            from meter_bill b join device d on d.tenant_id = b.tenant_id and d.id = b.device_id""";

    static MeterBillView of(Row row) {
        BillState state = BillState.valueOf(row.getString("state"));
        long payable = row.getLong("payable_fen");
        long paid = row.getLong("paid_fen");
        return new MeterBillView(
                row.getUUID("id"),
                row.getString("number"),
                row.getUUID("run_id"),
                row.getUUID("point_id"),
                row.getUUID("device_id"),
                row.getString("serial_no"),
                Commodity.valueOf(row.getString("commodity")),
                row.getUUID("customer_id"),
                instant(row, "cut_at"),
                instant(row, "from_at"),
                instant(row, "until_at"),
                row.getBoolean("estimated"),
                row.getBigDecimal("register"),
                row.getBigDecimal("quantity"),
                row.getLong("total_fen"),
                row.getLong("brought_fen"),
                payable,
                row.getLong("carried_fen"),
                paid,
                state.unpaid() ? payable - paid : 0,
                row.getLong("written_off_fen"),
                state,
                instant(row, "issued_at"),
                row.getLocalDate("due_on"),
                instant(row, "overdue_at"),
                instant(row, "settled_at"));
    }
}
