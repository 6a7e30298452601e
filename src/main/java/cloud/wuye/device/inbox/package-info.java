/**
 * The telemetry corridor: the only way in for devices. Broker → {@code DeviceInbox} → registry check → device state and
 * the handlers of the features below → COMMIT → PUBACK. Allowed neighbours: platform, tenant, device.contract.
 */
package cloud.wuye.device.inbox;
