/**
 * The payment simulator: WeChat Pay's API v3 for development, tests and the demo, with keys of its own, signatures both ways,
 * notices, refunds, bills, and faults to order. Its numbers are invented; no money moves. See docs/reference/payment-simulator.md.
 */
package cloud.wuye.kit.payment;
