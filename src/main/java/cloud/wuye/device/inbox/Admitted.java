package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.UpMessage;

/**
 * A message of a device that may speak.
 *
 * @param arrival how it came in; for an item of a bulk, a bulk of that item alone
 * @param device who sent it; for an item of a bulk, the child
 * @param byGateway whether a gateway speaks for the device
 * @param message what it says
 */
record Admitted(Arrival arrival, KnownDevice device, boolean byGateway, UpMessage message) {
    String kind() {
        return device.deviceClass().word() + "." + message.topic().channel().word();
    }
}
