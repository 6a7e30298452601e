package cloud.wuye.payment.order;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** One try to pay, as clients see it. Money in fen. */
@Type("PaymentAttempt")
@Description("One try to pay an order by one way. Amounts are in fen.")
public record PaymentAttemptView(
        @Id @NonNull @Description("The id.") UUID id,
        @NonNull @Description("By which way.") PayBy by,
        @NonNull @Description("Our number for it at the channel, or the receipt's number.") String number,
        @NonNull @Description("Where it stands.") AttemptState state,
        @Id @Description("The channel's number for the money.") String transactionId,
        @Description("What came in.") Long paidFen,
        @Description("When it was paid.") Instant succeededAt,
        @NonNull @Description("Whether it came on top of another payment and goes back.") Boolean surplus) {
    static PaymentAttemptView of(PaymentAttempt attempt) {
        return new PaymentAttemptView(
                attempt.id,
                attempt.by,
                attempt.number,
                attempt.state,
                attempt.transactionId,
                attempt.paidFen,
                attempt.succeededAt,
                attempt.surplus);
    }
}
