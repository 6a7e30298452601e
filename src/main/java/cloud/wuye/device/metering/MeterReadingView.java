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

/** A reading as clients see it. */
@Type("MeterReading")
@Description(
        "One counter of a meter, read once. Readings are never changed or removed; the judgement on one may change.")
public record MeterReadingView(
        @Id @NonNull @Description("The message it came in; readings of several counters of one message share it.")
                UUID eventId,
        @Id @NonNull @Description("The meter.") UUID deviceId,
        @NonNull @Description("Which counter.") MeterRegister register,
        @NonNull
                @Description(
                        "What it showed: kWh for electricity, m³ for water, at most 4 decimals, before transformer ratio and multiplier.")
                BigDecimal value,
        @NonNull @Description("When it was true.") Instant readAt,
        @NonNull @Description("When the service got it.") Instant receivedAt,
        @NonNull @Description("What the meter's clock said.") Instant deviceTime,
        @Description("true: the meter's clock was not believed, `readAt` is the time of arrival.") boolean clockDoubted,
        @NonNull @Description("How it came about.") ReadingOrigin origin,
        @NonNull @Description("What is thought of it; consumption is counted from VALID ones only.")
                ReadingQuality quality,
        @Description("What was noticed about it.") ReadingFinding finding,
        @Description("Why a person gave it.") String reason,
        @Description("Where its picture is kept, as the client that gave it named it.") String photo) {

    /** The columns that {@link #of(Row)} reads, of the alias {@code r}. */
    static final String COLUMNS =
            "r.event_id, r.device_id, r.register, r.value, r.read_at, r.received_at, r.device_time,"
                    + " r.clock_doubted, r.source, r.quality, r.finding, r.reason,"
                    + " CASE WHEN r.source = 'MANUAL' THEN (SELECT f.reference FROM reading_photo f WHERE f.tenant_id = r.tenant_id"
                    + " AND f.device_id = r.device_id AND f.event_id = r.event_id) END AS photo";

    static MeterReadingView of(Row row) {
        OffsetDateTime deviceTime = row.getOffsetDateTime("device_time");
        Instant readAt = row.getOffsetDateTime("read_at").toInstant();
        String finding = row.getString("finding");
        return new MeterReadingView(
                row.getUUID("event_id"),
                row.getUUID("device_id"),
                MeterRegister.valueOf(row.getString("register")),
                row.getBigDecimal("value"),
                readAt,
                row.getOffsetDateTime("received_at").toInstant(),
                deviceTime == null ? readAt : deviceTime.toInstant(),
                row.getBoolean("clock_doubted"),
                ReadingOrigin.valueOf(row.getString("source")),
                ReadingQuality.valueOf(row.getString("quality")),
                finding == null ? null : ReadingFinding.valueOf(finding),
                row.getString("reason"),
                row.getString("photo"));
    }
}
