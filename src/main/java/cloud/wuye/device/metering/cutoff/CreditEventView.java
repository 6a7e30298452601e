package cloud.wuye.device.metering.cutoff;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** Something that happened to an account's credit. */
@Type("CreditEvent")
@Description("Something that happened to an account's credit.")
public record CreditEventView(
        @Id @NonNull @Description("The id.") UUID id,
        @Id @NonNull @Description("The service point.") UUID pointId,
        @Id @NonNull @Description("The meter that served it then.") UUID deviceId,
        @NonNull @Description("When.") Instant at,
        @NonNull @Description("What.") CreditEventKind kind,
        @Description("The level that was crossed, or how much emergency credit was taken.") BigDecimal level,
        @NonNull @Description("Credit as it stood.") BigDecimal credit,
        @Description("Why supply is spared.") SpareReason reason,
        @Description("Until when, if that was known.") Instant until) {
    static CreditEventView of(Row row) {
        String reason = row.getString("reason");
        OffsetDateTime until = row.getOffsetDateTime("until");
        return new CreditEventView(
                row.getUUID("id"),
                row.getUUID("point_id"),
                row.getUUID("device_id"),
                row.getOffsetDateTime("at").toInstant(),
                CreditEventKind.valueOf(row.getString("kind")),
                row.getBigDecimal("level"),
                row.getBigDecimal("credit"),
                reason == null ? null : SpareReason.valueOf(reason),
                until == null ? null : until.toInstant());
    }
}
