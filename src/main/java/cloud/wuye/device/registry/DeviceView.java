package cloud.wuye.device.registry;

import static cloud.wuye.platform.db.Columns.instant;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A device as clients see it. */
@Type("Device")
@Description("A meter, charging pile, face terminal or gateway.")
public record DeviceView(
        @Id @NonNull @Description("The id.") UUID id,
        @NonNull @Description("The name on the wire: MQTT user name and segment of its topics.") String uid,
        @NonNull @Description("What it is.") DeviceKind kind,
        @Description("The maker's model.") String model,
        @NonNull @Description("The maker's serial number, unique in the company.") String serialNo,
        @NonNull @Description("How people call it.") String name,
        @Id @Description("Where it stands; absent while it is nowhere.") UUID spaceId,
        @Id @Description("The gateway that speaks for it; absent when it speaks itself.") UUID gatewayId,
        @NonNull @Description("Where it stands in its life.") DeviceLifecycle lifecycle,
        @NonNull @Description("Whether it answers.") DeviceConnectivity connectivity,
        @Description("When it was last heard of; absent if never.") Instant lastSeenAt,
        @Description("How often it is heard of at least, in seconds.") int heartbeatSeconds,
        @NonNull @Description("How it shall be configured, and whether it is.") DeviceConfigurationView configuration,
        @Description("Counts edits; send it back with an edit, which is refused with STALE if it is no longer true.")
                int version,
        @NonNull @Description("When it was registered.") Instant createdAt,
        @Description("When it was retired; absent before.") Instant retiredAt) {

    /** What a statement that reads devices selects, of the aliases in {@link #FROM}. */
    static final String COLUMNS = "d.id, d.uid, d.kind, d.model, d.serial_no, d.name, d.space_id, d.gateway_id,"
            + " d.lifecycle, coalesce(t.connectivity, 'UNKNOWN') as connectivity, t.last_seen_at, d.heartbeat_seconds,"
            + " d.report_seconds, d.desired_version, t.desired_version as reported_version,"
            + " d.version, d.created_at, d.retired_at";

    static final String FROM = " from device d left join device_state t on t.device_id = d.id";

    static DeviceView of(Row row) {
        return new DeviceView(
                row.getUUID("id"),
                row.getString("uid"),
                DeviceKind.valueOf(row.getString("kind")),
                row.getString("model"),
                row.getString("serial_no"),
                row.getString("name"),
                row.getUUID("space_id"),
                row.getUUID("gateway_id"),
                DeviceLifecycle.valueOf(row.getString("lifecycle")),
                DeviceConnectivity.valueOf(row.getString("connectivity")),
                instant(row, "last_seen_at"),
                row.getInteger("heartbeat_seconds"),
                DeviceConfigurationView.of(row),
                row.getInteger("version"),
                instant(row, "created_at"),
                instant(row, "retired_at"));
    }
}
