package cloud.wuye.device.metering.water;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A suspected leak as clients see it. */
@Type("LeakSuspicion")
@Description("疑似漏水: behind a water meter it flowed all night, for nights.")
public record LeakSuspicionView(
        @Id @NonNull @Description("The id.") UUID id,
        @Id @NonNull @Description("The meter.") UUID deviceId,
        @NonNull @Description("表号: its number.") String meterNo,
        @NonNull @Description("When it was noticed.") Instant openedAt,
        @NonNull @Description("The first such night.") LocalDate firstNight,
        @NonNull @Description("The last such night.") LocalDate lastNight,
        @Description("How many such nights.") int nights,
        @NonNull @Description("m³ in the quietest hour of them: what is lost an hour.") BigDecimal leastFlow,
        @Description("When a night without such a flow ended it; absent while it lasts.") Instant closedAt) {
    static final String SELECT =
            """
            select l.id, l.device_id, d.serial_no, l.opened_at, l.first_night, l.last_night, l.nights, l.least_flow, l.closed_at
            from leak_suspicion l join device d on d.tenant_id = l.tenant_id and d.id = l.device_id""";

    static LeakSuspicionView of(Row row) {
        OffsetDateTime closed = row.getOffsetDateTime("closed_at");
        return new LeakSuspicionView(
                row.getUUID("id"),
                row.getUUID("device_id"),
                row.getString("serial_no"),
                row.getOffsetDateTime("opened_at").toInstant(),
                row.getLocalDate("first_night"),
                row.getLocalDate("last_night"),
                row.getInteger("nights"),
                row.getBigDecimal("least_flow"),
                closed == null ? null : closed.toInstant());
    }
}
