package cloud.wuye.payment.order;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** What a refund would return, as clients see it. Money in fen. */
@Type("RefundQuote")
@Description("What a refund would return if it were asked for now. Nothing is promised by it. Amounts are in fen.")
public record RefundQuoteView(
        @NonNull @Description("How much of the price: what to ask for.") Long amountFen,
        @NonNull @Description("手续费: the surcharge's share, which goes back with it.") Long surchargeFen,
        @NonNull @Description("实退金额: both.") Long totalFen,
        @NonNull @Description("How much of the price can be asked for at most.") Long mostFen) {
    static RefundQuoteView of(Returnable left, long fen) {
        long surcharge = left.surchargeWith(fen);
        return new RefundQuoteView(fen, surcharge, fen + surcharge, left.leftFen());
    }
}
