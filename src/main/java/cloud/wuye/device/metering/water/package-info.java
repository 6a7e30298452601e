/**
 * Water that runs all night: which meters are suspected of a leak behind them ({@code sql/metering/look-for-leaks.sql}). May use
 * what metering may use.
 */
package cloud.wuye.device.metering.water;
