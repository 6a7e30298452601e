package cloud.wuye.device.supply;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** An entry of the on/off log. */
@Type("SwitchEvent")
@Description("An entry of the on/off log of a device.")
public record SwitchEventView(
        @Id @NonNull @Description("Identifies the entry.") UUID id,
        @Id @NonNull @Description("The device.") UUID deviceId,
        @NonNull @Description("When it happened; for what a device reports, by the device's clock.") Instant at,
        @NonNull @Description("What happened.") SwitchEventKind what,
        @NonNull @Description("Why: of a hold its reason, of a switching all that held the device off then.")
                List<@NonNull HoldReason> reasons,
        @Description("Who did it, of a hold.") String by,
        @Id @Description("The command that led to it, where there was one.") UUID commandId,
        @Description("In words.") String note) {
    static SwitchEventView of(Row row) {
        String reasons = row.getString("reason");
        return new SwitchEventView(
                row.getUUID("id"),
                row.getUUID("device_id"),
                row.getOffsetDateTime("at").toInstant(),
                SwitchEventKind.valueOf(row.getString("what")),
                reasons == null
                        ? List.of()
                        : Arrays.stream(reasons.split(","))
                                .map(HoldReason::valueOf)
                                .toList(),
                row.getString("by_name"),
                row.getUUID("command_id"),
                row.getString("note"));
    }
}
