/**
 * Top-ups (充值) of meters whose credit the service counts: quotes, orders, credit when they are paid, and the records of them
 * (缴费记录). An order is payment's; what it buys stands here. May use what {@code metering.account} may use, and that.
 */
package cloud.wuye.device.metering.topup;
