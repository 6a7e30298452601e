package cloud.wuye.payment.order;

import java.time.Instant;
import java.util.UUID;

/**
 * An order as it was placed. Money in fen.
 *
 * @param paid whether money has come for it; a fresh one is not
 * @param fresh false when an earlier click had placed it
 */
public record PlacedOrder(
        UUID id,
        String orderNo,
        long payableFen,
        long surchargeFen,
        Instant createdAt,
        Instant expiresAt,
        boolean paid,
        boolean fresh) {
    static PlacedOrder of(PaymentOrder order, boolean fresh) {
        return new PlacedOrder(
                order.id,
                order.orderNo,
                order.payableFen,
                order.surchargeFen,
                order.createdAt,
                order.expiresAt,
                order.state.isPaid(),
                fresh);
    }
}
