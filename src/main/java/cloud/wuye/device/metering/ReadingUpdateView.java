package cloud.wuye.device.metering;

import cloud.wuye.device.registry.DeviceKind;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** The newest reading of a counter, for those who watch it. */
@Type("MeterReadingUpdate")
@Description("The newest reading of one counter of a meter.")
public record ReadingUpdateView(
        @Id @NonNull @Description("The meter.") UUID deviceId,
        @NonNull @Description("Which counter.") MeterRegister register,
        @Id @NonNull @Description("The message it came in.") UUID eventId,
        @NonNull @Description("What it showed, at most 4 decimals, before transformer ratio and multiplier.")
                BigDecimal value,
        @NonNull @Description("What it counts.") MeterUnit unit,
        @NonNull @Description("When it was true.") Instant readAt,
        @NonNull @Description("When the service got it.") Instant receivedAt,
        @NonNull @Description("What is thought of it; consumption is counted from VALID ones only.")
                ReadingQuality quality,
        @Description("What was noticed about it.") ReadingFinding finding) {

    static ReadingUpdateView of(Row row) {
        String finding = row.getString("finding");
        return new ReadingUpdateView(
                row.getUUID("device_id"),
                MeterRegister.valueOf(row.getString("register")),
                row.getUUID("event_id"),
                row.getBigDecimal("value"),
                MeterUnit.of(DeviceKind.valueOf(row.getString("kind"))),
                row.getOffsetDateTime("read_at").toInstant(),
                row.getOffsetDateTime("received_at").toInstant(),
                ReadingQuality.valueOf(row.getString("quality")),
                finding == null ? null : ReadingFinding.valueOf(finding));
    }

    Counter counter() {
        return new Counter(deviceId, register);
    }

    /** One counter of one meter. */
    record Counter(UUID deviceId, MeterRegister register) {}
}
