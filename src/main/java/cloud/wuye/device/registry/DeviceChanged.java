package cloud.wuye.device.registry;

import java.util.UUID;

/** A device's login or right to speak changed; fired on this replica once the change has committed. */
public record DeviceChanged(UUID tenantId, UUID deviceId, String uid) {}
