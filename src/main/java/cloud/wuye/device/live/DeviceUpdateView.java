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

/**
 * How a device is now. A view of its own, complete in itself: fields that are loaded in batches are not dispatched within
 * the events of a subscription.
 */
@Type("DeviceUpdate")
@Description("How a device is now.")
public record DeviceUpdateView(
        @Id @NonNull @Description("The device.") UUID deviceId,
        @NonNull @Description("Whether it answers.") DeviceConnectivity connectivity,
        @Description("When it was last heard of; absent if never.") Instant lastSeenAt,
        @Description("How its switch stands, and why; absent when it has none.") SupplyView supply) {
    static DeviceUpdateView of(DeviceView device, SupplyView supply) {
        return new DeviceUpdateView(device.id(), device.connectivity(), device.lastSeenAt(), supply);
    }
}
