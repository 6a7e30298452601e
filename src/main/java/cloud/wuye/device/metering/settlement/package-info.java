/**
 * Settlements (结算): what accounts have used and were charged up to a reading, written down when somebody asks. Usage is charged
 * as it is read; a settlement moves nothing, it says how things stand ({@code sql/metering/settle-account.sql}). May use what
 * metering may use.
 */
package cloud.wuye.device.metering.settlement;
