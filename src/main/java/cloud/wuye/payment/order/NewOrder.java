package cloud.wuye.payment.order;

import java.util.UUID;

/**
 * What somebody wants to pay for.
 *
 * @param purpose the {@link OrderPurpose} whose business it is
 * @param subjectId whose credit the money becomes: a meter, a session
 * @param subjectName how people call that, for lists
 * @param payableFen the price, in fen, without surcharge
 * @param clientKey the client's own key for this click, or null; a second click with the same key finds the first order
 * @param wish everything that makes it this wish and no other; the same key for another wish is refused
 */
public record NewOrder(
        String purpose,
        UUID subjectId,
        String subjectName,
        Payer payer,
        long payableFen,
        String clientKey,
        String wish) {}
