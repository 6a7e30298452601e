package cloud.wuye.device.metering.billing;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A line of a bill as clients see it. */
@Type("MeterBillLine")
@Description("A line of a bill: a quantity at one price. The sums in fen of all lines add up to the bill's total.")
public record MeterBillLineView(
        @Description("Its place on the bill, from 1.") int no,
        @NonNull @Description("Why it stands there.") BillLineKind kind,
        @NonNull @Description("The end of the bill in whose period it was used.") Instant ofUntil,
        @Description("阶梯: the tier, from 1.") int tier,
        @NonNull @Description("时段: the kind of hours.") String period,
        @NonNull @Description("kWh or m³; negative where it is taken back.") BigDecimal quantity,
        @NonNull @Description("电价/水价: yuan.") BigDecimal energyPrice,
        @NonNull @Description("服务费单价: yuan.") BigDecimal servicePrice,
        @NonNull @Description("Yuan, to six decimals.") BigDecimal energyAmount,
        @NonNull @Description("Yuan, to six decimals.") BigDecimal serviceAmount,
        @NonNull @Description("As shown on the bill.") Long energyFen,
        @NonNull @Description("As shown on the bill.") Long serviceFen) {
    static MeterBillLineView of(Row row) {
        return new MeterBillLineView(
                row.getInteger("no"),
                BillLineKind.valueOf(row.getString("kind")),
                row.getOffsetDateTime("of_until").toInstant(),
                row.getInteger("tier"),
                row.getString("period"),
                row.getBigDecimal("quantity"),
                row.getBigDecimal("energy_price"),
                row.getBigDecimal("service_price"),
                row.getBigDecimal("energy_amount"),
                row.getBigDecimal("service_amount"),
                row.getLong("energy_fen"),
                row.getLong("service_fen"));
    }
}
