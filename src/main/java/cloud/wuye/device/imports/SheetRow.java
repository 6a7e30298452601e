package cloud.wuye.device.imports;

import cloud.wuye.device.registry.DeviceKind;

/**
 * A row of the file that is well-formed in itself; what it points to is not looked up yet.
 *
 * @param row its number as a spreadsheet shows it: the header is row 1
 * @param space the place as written, or null
 * @param gateway the gateway's serial number, or null
 */
record SheetRow(
        int row,
        DeviceKind kind,
        String serialNo,
        String name,
        String model,
        String space,
        String gateway,
        int heartbeatSeconds) {}
