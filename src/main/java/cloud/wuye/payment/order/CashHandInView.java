package cloud.wuye.payment.order;

import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** Cash that was handed in, as clients see it. Money in fen. */
@Type("CashHandIn")
@Description("Cash that was handed in at the bank.")
public record CashHandInView(
        @Id @NonNull @Description("The journal entry.") UUID entryId,
        @NonNull @Description("The number of the bank's slip.") String receiptNo,
        @NonNull @Description("How much, in fen.") Long amountFen,
        @NonNull @Description("When.") LocalDate on) {}
