package cloud.wuye.device.metering.credit;

import static cloud.wuye.platform.db.Columns.instant;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** One write of a meter's credit, as clients see it. */
@Type("MeterPurchase")
@Description("One write of the credit of a meter that counts it down itself. Quantities in kWh.")
public record MeterPurchaseView(
        @Id @NonNull @Description("The id.") UUID id,
        @Id @NonNull @Description("The meter it is written to.") UUID deviceId,
        @Id @NonNull @Description("The service point.") UUID pointId,
        @NonNull @Description("Why it is written.") PurchaseKind kind,
        @Id @Description("The paid order behind it.") UUID orderId,
        @NonNull @Description("The order's number, as the meter is told.") String reference,
        @NonNull @Description("充值度数; of a clearing, what the credit is to be.") BigDecimal quantity,
        @NonNull @Description("How far it is.") PurchaseState state,
        @Description("The meter's purchase number; the same at each try, unless another took it.") Long number,
        @Id @Description("The command that carries it.") UUID commandId,
        @NonNull @Description("How often it was tried since a person last wanted it.") Integer tries,
        @Description("Why it stands there, a word for machines: the meter's own code, NO_ANSWER, NOT_SENT_IN_TIME, …")
                String why,
        @Description("充值前度数, by the meter's word.") BigDecimal before,
        @Description("充值后度数, by the meter's word; absent when it had counted on meanwhile.") BigDecimal after,
        @NonNull @Description("When it was wanted.") Instant createdAt,
        @Description("When the meter's word came that it has it.") Instant writtenAt) {
    static MeterPurchaseView of(Row row) {
        return new MeterPurchaseView(
                row.getUUID("id"),
                row.getUUID("device_id"),
                row.getUUID("point_id"),
                PurchaseKind.valueOf(row.getString("kind")),
                row.getUUID("order_id"),
                row.getString("reference"),
                row.getBigDecimal("quantity"),
                PurchaseState.valueOf(row.getString("state")),
                row.getLong("number"),
                row.getUUID("command_id"),
                row.getInteger("tries"),
                row.getString("why"),
                row.getBigDecimal("before"),
                row.getBigDecimal("after"),
                instant(row, "created_at"),
                instant(row, "written_at"));
    }
}
