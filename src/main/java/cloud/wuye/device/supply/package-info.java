/**
 * Why a device is off, and seeing to it that it is on or off as it should be. Holds decide what is desired; the
 * reconciler issues commands while the device reports otherwise. {@code docs/explanation/commands.md} tells the rules
 * and what a second replica, a restart half-way and a repeated message do.
 *
 * <p>Locks are taken in one order everywhere: commands by id, then switch rows by device.
 *
 * <p>Neighbours allowed: {@code platform}, {@code schedule}, {@code device}, {@code device.contract}, {@code device.inbox},
 * {@code device.command}.
 */
package cloud.wuye.device.supply;
