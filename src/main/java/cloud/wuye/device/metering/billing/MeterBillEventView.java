package cloud.wuye.device.metering.billing;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** Something that became of a bill, as clients see it. */
@Type("MeterBillEvent")
@Description("Something that became of a bill.")
public record MeterBillEventView(
        @NonNull @Description("When.") Instant at,
        @NonNull @Description("What.") BillEventKind kind,
        @NonNull @Description("How the bill stood after it.") BillState state,
        @NonNull @Description("How much it was about, in fen.") Long fen,
        @Id @Description("The order it was paid with.") UUID orderId,
        @NonNull @Description("Who did it; `system` for the service itself.") String byName,
        @Description("Why, or by which number.") String note) {
    static MeterBillEventView of(Row row) {
        return new MeterBillEventView(
                row.getOffsetDateTime("at").toInstant(),
                BillEventKind.valueOf(row.getString("kind")),
                BillState.valueOf(row.getString("state")),
                row.getLong("fen"),
                row.getUUID("order_id"),
                row.getString("by_name"),
                row.getString("note"));
    }
}
