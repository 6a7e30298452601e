/**
 * Which devices there are: their kind, place, gateway, life and login. What is hot about a device (whether it answers,
 * when it was last seen) stands in {@code device_state} and is only read here.
 *
 * <p>Neighbours allowed: {@code platform}, {@code tenant}, {@code space}, {@code device.contract}, {@code device.inbox}.
 */
package cloud.wuye.device.registry;
