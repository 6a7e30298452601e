package cloud.wuye.device.live;

import cloud.wuye.device.registry.DeviceConnectivity;
import cloud.wuye.device.registry.DeviceView;
import cloud.wuye.device.supply.SupplyView;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** How a device is now. What is asked of {@code device} beyond its own row is loaded anew for each event. */
@Type("DeviceUpdate")
@Description("How a device is now.")
public record DeviceUpdateView(
        @Id @NonNull @Description("The device's id.") UUID deviceId,
        @NonNull @Description("The device itself, with all its fields.") DeviceView device,
        @NonNull @Description("Whether it answers.") DeviceConnectivity connectivity,
        @Description("When it was last heard of; absent if never.") Instant lastSeenAt,
        @Description("How its switch stands, and why; absent when it has none.") SupplyView supply) {
    static DeviceUpdateView of(DeviceView device, SupplyView supply) {
        return new DeviceUpdateView(device.id(), device, device.connectivity(), device.lastSeenAt(), supply);
    }
}
