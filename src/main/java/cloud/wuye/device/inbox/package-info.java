/**
 * The telemetry corridor: the only way in for devices. Broker → {@code DeviceInbox} → registry check → device state and
 * the handlers of the features below → COMMIT → PUBACK. Allowed neighbours: platform, schedule, device.contract; of the registry and
 * the companies it reads the tables.
 */
package cloud.wuye.device.inbox;
