/**
 * WeChat Pay, API v3, spoken by a small client of our own: signatures both ways, notices, bills. See
 * {@code docs/explanation/wechat-pay.md}.
 *
 * <p>Neighbours allowed: {@code platform}, {@code payment}.
 */
package cloud.wuye.payment.wechat;
