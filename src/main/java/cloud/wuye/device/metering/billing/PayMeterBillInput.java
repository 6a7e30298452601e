package cloud.wuye.device.metering.billing;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** Which bills are going to be paid. */
@Input("PayMeterBillInput")
@Description("Which bills are going to be paid: one, or all that a meter has left, oldest first.")
public record PayMeterBillInput(
        @Id @Description("This bill.") UUID billId,
        @Id @Description("Or those of this meter.") UUID deviceId,
        @Positive
                @Description(
                        "How much, in fen. Absent: all that is left. Less needs a company that lets bills be paid in parts.")
                Long amountFen,
        @Size(min = 1, max = 100) @Description("Who pays, for the receipt. Absent: the caller.") String payerName,
        @NonNull
                @NotBlank
                @Size(max = 100)
                @Description("The client's own key for this click; a repetition finds the first order.")
                String clientKey) {}
