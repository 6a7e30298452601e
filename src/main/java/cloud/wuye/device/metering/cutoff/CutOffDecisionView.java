package cloud.wuye.device.metering.cutoff;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A decision about an account's supply and what it was made from. */
@Type("CutOffDecision")
@Description("A decision about an account's supply, and what it was made from.")
public record CutOffDecisionView(
        @Id @NonNull @Description("The id.") UUID id,
        @Id @NonNull @Description("The service point.") UUID pointId,
        @Id @NonNull @Description("The meter that served it then.") UUID deviceId,
        @NonNull @Description("When.") Instant at,
        @NonNull @Description("What was decided.") CutOffOutcome outcome,
        @Description("Why supply was spared.") SpareReason reason,
        @Description("Until when, if that was known.") Instant until,
        @NonNull @Description("All that it was decided from, as JSON: credit, limit, readings, payments, quiet times …")
                String inputs) {
    static CutOffDecisionView of(Row row) {
        String reason = row.getString("reason");
        OffsetDateTime until = row.getOffsetDateTime("until");
        return new CutOffDecisionView(
                row.getUUID("id"),
                row.getUUID("point_id"),
                row.getUUID("device_id"),
                row.getOffsetDateTime("at").toInstant(),
                CutOffOutcome.valueOf(row.getString("outcome")),
                reason == null ? null : SpareReason.valueOf(reason),
                until == null ? null : until.toInstant(),
                row.getString("input_text"));
    }
}
