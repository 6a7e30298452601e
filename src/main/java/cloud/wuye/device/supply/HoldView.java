package cloud.wuye.device.supply;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** Something that holds a device off. */
@Type("SupplyHold")
@Description("Something that holds a device off.")
public record HoldView(
        @NonNull @Description("Why.") HoldReason reason,
        @NonNull @Description("Since when.") Instant since,
        @NonNull @Description("Who opened it.") String by,
        @Description("Why, in their words.") String note,
        @Id @Description("The timetable, where one holds.") UUID scheduleId) {
    static HoldView of(Row row) {
        String source = row.getString("source");
        return new HoldView(
                HoldReason.valueOf(row.getString("reason")),
                row.getOffsetDateTime("since").toInstant(),
                row.getString("by_name"),
                row.getString("note"),
                source.isEmpty() ? null : UUID.fromString(source));
    }
}
