package cloud.wuye.payment.order;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A payment in suspense, as clients see it. Money in fen. */
@Type("SuspenseItem")
@Description(
        "A payment whose money stands, or stood, in suspense. What is OPEN adds up to the ledger's SUSPENSE. A payment in"
                + " another currency is listed too, without an amount in fen: no books hold it.")
public record SuspenseItemView(
        @Id @NonNull @Description("The id.") UUID id,
        @NonNull @Description("By which way it came.") PayBy by,
        @Description("How much, in fen; absent in another currency.") Long amountFen,
        @Description("How much of another currency, in its smallest unit; settled with the channel by a person.")
                Long foreignAmount,
        @NonNull @Description("The currency.") String currency,
        @NonNull @Description("The channel's number of the payment.") String transactionNo,
        @NonNull @Description("Our number of the attempt to pay, as the channel has it.") String number,
        @NonNull @Description("Why it stands in suspense.") String why,
        @NonNull @Description("When it was paid.") Instant paidAt,
        @NonNull @Description("Since when it stands in suspense.") Instant since,
        @NonNull @Description("Where it stands.") SuspenseState state,
        @Id
                @Description(
                        "The order that holds it: one for which another amount came, one made to pay it back (its refunds tell "
                                + "how far that is), or the one that it has paid.")
                UUID orderId,
        @Description("Why it was assigned or settled.") String reason,
        @Description("Who assigned or settled it.") String assignedBy,
        @Description("When it was assigned or settled.") Instant assignedAt,
        @Description("How it was settled; only in another currency.") ForeignSettlement settlement) {
    static SuspenseItemView of(SuspenseItem item) {
        return new SuspenseItemView(
                item.id(),
                item.by(),
                item.ofTheBooks() ? item.fen() : null,
                item.ofTheBooks() ? null : item.fen(),
                item.currency(),
                item.transactionId(),
                item.number(),
                item.why(),
                item.paidAt(),
                item.foundAt(),
                item.state(),
                item.orderId(),
                item.reason(),
                item.assignedBy(),
                item.assignedAt(),
                item.settlement());
    }
}
