/**
 * Bills of what is paid for after use: periods, the runs that make their bills, what becomes of a bill.
 * {@code docs/explanation/postpaid.md} tells how. A bill says what usage costs by now less what earlier bills said of it
 * ({@code sql/metering/bill-lines.sql}), so corrections and estimates need no bookkeeping of their own. Whether supply is held
 * for a debt is not decided here: {@link cloud.wuye.device.metering.billing.Arrears} says what is overdue. May use what
 * metering may use.
 */
package cloud.wuye.device.metering.billing;
