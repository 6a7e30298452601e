/**
 * What becomes of a prepaid meter whose credit falls: the customer is told, supply is cut by policy or spared, and restored when
 * it is paid. {@code docs/explanation/prepaid.md} tells the rules. May use what {@code metering.account} may use, that, {@code
 * device.supply} and {@code holiday}.
 *
 * <p>Locks: balances, then commands and switches; ingest takes them in the same order.
 */
package cloud.wuye.device.metering.cutoff;
