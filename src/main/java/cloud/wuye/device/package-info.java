/**
 * Hardware: the registry, the one inbox for what devices say, commands and their life, presence, supply holds and power
 * schedules. Its children (metering, charging, access) register a handler for their kind of telemetry; nothing here
 * knows them.
 *
 * <p>May use: platform, schedule, tenant, identity, space, ledger, promotion, payment.
 */
package cloud.wuye.device;
