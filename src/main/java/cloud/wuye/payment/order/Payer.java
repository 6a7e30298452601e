package cloud.wuye.payment.order;

/**
 * Who pays, as far as an order keeps it.
 *
 * @param subject the person's id in the realm
 * @param name how people call them
 * @param kind the kind of customer, 会员 for a member
 */
public record Payer(String subject, String name, PayerKind kind) {}
