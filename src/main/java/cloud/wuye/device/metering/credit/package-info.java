/**
 * Credit that a meter counts down itself: how what was bought gets into it, what it says is left, and what the books say of
 * both. Every write takes one purchase number of the meter's ({@link cloud.wuye.device.command.CreditOps}); what is not known to
 * be in the meter is not in the books. {@code docs/explanation/meter-credit.md} tells the whole of it. May use what metering
 * accounts may use.
 *
 * <p>Order of locks: commands, then purchases; or the order, then its purchase, then the balance, then the books. No
 * transaction takes commands after any of the others.
 */
package cloud.wuye.device.metering.credit;
