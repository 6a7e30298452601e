package cloud.wuye.device.registry;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** What the registry holds of a device, for the audit log and for other features. */
@RegisterForReflection
public record DeviceFacts(
        UUID id,
        String uid,
        DeviceKind kind,
        String model,
        String serialNo,
        String name,
        UUID spaceId,
        UUID gatewayId,
        DeviceLifecycle lifecycle,
        int heartbeatSeconds,
        Integer reportSeconds,
        int desiredVersion,
        int version) {

    static DeviceFacts of(Device device) {
        return new DeviceFacts(
                device.id,
                device.uid,
                device.kind,
                device.model,
                device.serialNo,
                device.name,
                device.spaceId,
                device.gatewayId,
                device.lifecycle,
                device.heartbeatSeconds,
                device.reportSeconds,
                device.desiredVersion,
                device.version);
    }
}
