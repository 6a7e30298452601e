/** Lists of figures of meters for reports, each page one statement. May use what metering may use. */
package cloud.wuye.device.metering.report;
