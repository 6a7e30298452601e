package cloud.wuye.payment.order;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A refund, as clients see it. Money in fen. */
@Type("Refund")
@Description("Money on its way back to whoever paid. Amounts are in fen.")
public record RefundView(
        @Id @NonNull @Description("The id.") UUID id,
        @Id @NonNull @Description("The order it is for.") UUID orderId,
        @NonNull @Description("By which way the money came and goes.") PayBy by,
        @NonNull @Description("Our number for it at the channel.") String number,
        @NonNull @Description("Why.") RefundCause cause,
        @NonNull @Description("How much goes back: price and surcharge.") Long amountFen,
        @NonNull @Description("How much of that is surcharge; the rest is price.") Long surchargeFen,
        @NonNull @Description("The reason, in somebody's words.") String reason,
        @NonNull @Description("Where it stands.") RefundState state,
        @NonNull @Description("Who asked for it.") String requestedBy,
        @Description("Who decided.") String decidedBy,
        @NonNull @Description("When it was asked for.") Instant createdAt,
        @Description("When it was decided.") Instant decidedAt,
        @Description("When the money had gone back.") Instant succeededAt,
        @Description("The channel's number for it, or the receipt's.") String receipt,
        @Description("Why it stands where it stands, where that needs saying.") String why) {
    static RefundView of(Refund refund) {
        return new RefundView(
                refund.id,
                refund.orderId,
                refund.by,
                refund.number,
                refund.cause,
                refund.fen,
                refund.surchargeFen,
                refund.reason,
                refund.state,
                refund.requestedByName,
                refund.decidedByName,
                refund.createdAt,
                refund.decidedAt,
                refund.succeededAt,
                refund.receipt,
                refund.why);
    }
}
