/**
 * Money from outside: the channels through which people pay, what the channels tell us, and the settings and secrets with
 * which we talk to them. {@link cloud.wuye.payment.PaymentChannel} is the boundary; WeChat Pay stands behind it in
 * {@code payment.wechat}.
 *
 * <p>May use: platform, schedule, tenant, identity, space, ledger, promotion.
 */
package cloud.wuye.payment;
