/**
 * Electricity and water: what meters read, where they are installed, what was used by the hour, day and month. Takes its
 * readings from the inbox of {@code device}; may use {@code platform}, {@code tenant}, {@code identity}, {@code space},
 * {@code ledger}, {@code promotion}, {@code payment} and {@code device}.
 */
package cloud.wuye.device.metering;
