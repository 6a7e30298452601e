/**
 * Takes devices in from a CSV file, thousands at a time. {@code docs/how-to/import-devices.md} tells the columns and what
 * comes back.
 *
 * <p>Neighbours allowed: {@code platform}, {@code device.contract}, {@code device.registry}; of the spaces it reads the
 * table.
 */
package cloud.wuye.device.imports;
