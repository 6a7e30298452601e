package cloud.wuye.device.registry;

import io.vertx.mutiny.sqlclient.Row;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** How a device shall be configured, and whether it is. */
@Type("DeviceConfiguration")
@Description("How a device shall be configured, and whether it is.")
public record DeviceConfigurationView(
        @Description("How often it shall be heard of at least, in seconds.") int heartbeatSeconds,
        @Description("How often it shall send a reading, in seconds; absent while that is left to it.")
                Integer reportSeconds,
        @Description("Grows with every change; 0 while nobody ever said, and nothing is asked of the device.")
                int desiredVersion,
        @Description("The newest version that the device says it has taken over; absent if it never said.")
                Long reportedVersion,
        @Description("Whether the device has taken over the newest version.") boolean inForce) {

    static DeviceConfigurationView of(Row row) {
        int desired = row.getInteger("desired_version");
        Long reported = row.getLong("reported_version");
        return new DeviceConfigurationView(
                row.getInteger("heartbeat_seconds"),
                row.getInteger("report_seconds"),
                desired,
                reported,
                desired == 0 || reported != null && reported >= desired);
    }
}
