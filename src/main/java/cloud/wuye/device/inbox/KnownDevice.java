package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.DeviceClass;
import java.util.UUID;

/**
 * A device as the registry knows it.
 *
 * @param id its row
 * @param tenantId the property company it belongs to
 * @param tenantCode that company's word in topics
 * @param deviceClass what it is
 * @param uid its opaque name on the wire
 * @param gatewayId the gateway it hangs on, or null
 */
public record KnownDevice(
        UUID id, UUID tenantId, String tenantCode, DeviceClass deviceClass, String uid, UUID gatewayId) {}
