package cloud.wuye.device.metering;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A counter that says, or said, what cannot be. */
@Type("MeterAnomaly")
@Description(
        "A counter whose readings are kept but not believed nor billed, from the first of them until a plausible one.")
public record MeterAnomalyView(
        @Id @NonNull @Description("The id.") UUID id,
        @Id @NonNull @Description("The meter.") UUID deviceId,
        @NonNull @Description("Which counter.") MeterRegister register,
        @NonNull @Description("What was noticed.") ReadingFinding finding,
        @Id @NonNull @Description("The message that the first such reading came in.") UUID eventId,
        @NonNull @Description("What the counter showed first.") BigDecimal value,
        @NonNull @Description("When it showed that.") Instant readAt,
        @NonNull @Description("When the service noticed.") Instant foundAt,
        @Description("When a plausible reading ended it; absent while it is open.") Instant endedAt) {

    static final String COLUMNS =
            "a.id, a.device_id, a.register, a.finding, a.event_id, a.value, a.read_at, a.found_at, a.ended_at";

    static MeterAnomalyView of(Row row) {
        OffsetDateTime endedAt = row.getOffsetDateTime("ended_at");
        return new MeterAnomalyView(
                row.getUUID("id"),
                row.getUUID("device_id"),
                MeterRegister.valueOf(row.getString("register")),
                ReadingFinding.valueOf(row.getString("finding")),
                row.getUUID("event_id"),
                row.getBigDecimal("value"),
                row.getOffsetDateTime("read_at").toInstant(),
                row.getOffsetDateTime("found_at").toInstant(),
                endedAt == null ? null : endedAt.toInstant());
    }
}
