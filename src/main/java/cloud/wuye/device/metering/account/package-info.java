/**
 * Accounts of meters: who pays how for what is used at a service point, what stands to their credit, what each reading cost and
 * why. Usage is charged in the statement that stores the readings ({@code sql/metering/record-readings.sql}); what that cannot
 * do is charged anew by {@link cloud.wuye.device.metering.account.RerateUsage}. All other movements of credit go through
 * {@link cloud.wuye.device.metering.account.Credits}. May use what metering may use.
 *
 * <p>Credit = the sum of {@code credit_move} − the sum of {@code rated_line}; where the meter counts, − what it counted
 * ({@code credit.DrawOwnUsage}). The journal is told of usage in sums
 * ({@link cloud.wuye.device.metering.account.PostUsage}), so at any time the ledger's CUSTOMER_CREDIT of a point is its credit
 * and what is not posted yet.
 */
package cloud.wuye.device.metering.account;
