package cloud.wuye.payment;

import java.time.Instant;

/**
 * An order that is to be paid.
 *
 * @param outTradeNo our number, 6–32 of {@code [0-9a-zA-Z_-]}; the same number with the same content may be sent again
 * @param description what the payer reads; cut to what the channel takes
 * @param amountFen what the payer pays, in fen
 * @param expiresAt after that the channel takes no payment
 * @param payerId who pays, in the channel's words (openid); null for {@link PrepayMethod#QR}
 */
public record PrepayRequest(
        PrepayMethod method, String outTradeNo, String description, long amountFen, Instant expiresAt, String payerId) {
    /** Refuses what no channel would take. */
    public PrepayRequest {
        if (!outTradeNo.matches("[0-9a-zA-Z_-]{6,32}")) {
            throw new IllegalArgumentException("not an order number: " + outTradeNo);
        }
        if (amountFen <= 0) {
            throw new IllegalArgumentException("nothing to pay: " + amountFen);
        }
        if ((method == PrepayMethod.IN_APP) != (payerId != null)) {
            throw new IllegalArgumentException(method + " with payer " + payerId);
        }
    }
}
