package cloud.wuye.payment.order;

import java.time.Instant;
import java.util.UUID;

/**
 * A paid order, as the feature sees it that gives what it buys. Money in fen.
 *
 * @param payableFen the price: what the subject's credit grew by in the ledger
 * @param late whether it was paid after it had been closed
 */
public record PaidOrder(
        UUID id,
        UUID tenantId,
        String orderNo,
        UUID subjectId,
        Payer payer,
        long payableFen,
        boolean late,
        Instant paidAt) {
    static PaidOrder of(PaymentOrder order, boolean late) {
        return new PaidOrder(
                order.id,
                order.tenantId,
                order.orderNo,
                order.subjectId,
                order.payer,
                order.payableFen,
                late,
                order.paidAt);
    }
}
