package cloud.wuye.device.imports;

import java.util.UUID;

/** A device that an import will register. */
record NewDevice(UUID id, SheetRow row, UUID spaceId, UUID gatewayId) {
    /** A child of a gateway never logs in. */
    boolean logsIn() {
        return gatewayId == null;
    }
}
