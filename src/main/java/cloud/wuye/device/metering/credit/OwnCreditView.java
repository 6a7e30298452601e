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

/** What a meter says of its own credit, held against what was bought less what was used, as clients see it. */
@Type("MeterOwnCreditCheck")
@Description("What a meter says of its own credit, held against what was bought less what it counted. In kWh.")
public record OwnCreditView(
        @Id @NonNull @Description("The service point.") UUID pointId,
        @Id @NonNull @Description("The meter that served it then.") UUID deviceId,
        @NonNull @Description("What came of it.") OwnCreditState state,
        @NonNull @Description("购入: bought, by the last comparison; clearings and corrections included.")
                BigDecimal bought,
        @NonNull @Description("用量: what the meter counted since the account began, by the last look.") BigDecimal used,
        @Description("The reading up to which that is; absent before the first.") Instant usedUntil,
        @NonNull @Description("应剩: bought less used, by the last comparison.") BigDecimal expected,
        @Description("表报剩余: what the meter said then; absent before the first comparison.") BigDecimal reported,
        @Description("When the meter said so.") Instant reportedAt,
        @NonNull @Description("差额: reported less expected.") BigDecimal difference,
        @Description("Since when they differ; absent while they do not.") Instant differsSince,
        @NonNull @Description("When it was looked at last: once a day, and whenever somebody asks for it.")
                Instant lookedAt,
        @Description("When a person last resolved a difference.") Instant resolvedAt,
        @Description("Who did.") String resolvedBy,
        @Description("Why they differed.") String reason) {
    static OwnCreditView of(Row row) {
        return new OwnCreditView(
                row.getUUID("point_id"),
                row.getUUID("device_id"),
                OwnCreditState.valueOf(row.getString("state")),
                row.getBigDecimal("bought"),
                row.getBigDecimal("used"),
                instant(row, "counted_until"),
                row.getBigDecimal("expected"),
                row.getBigDecimal("reported"),
                instant(row, "reported_at"),
                row.getBigDecimal("difference"),
                instant(row, "differs_since"),
                instant(row, "looked_at"),
                instant(row, "resolved_at"),
                row.getString("resolved_by"),
                row.getString("reason"));
    }
}
