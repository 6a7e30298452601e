package cloud.wuye.device.metering.billing;

import cloud.wuye.payment.PrepayMethod;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** Which of their bills a resident pays, and how. */
@Input("PayMyMeterBillInput")
@Description("Which of the caller's bills is going to be paid, and how.")
public record PayMyMeterBillInput(
        @Id @NonNull @Description("The bill.") UUID billId,
        @Positive
                @Description(
                        "How much, in fen. Absent: all that is left. Less needs a company that lets bills be paid in parts.")
                Long amountFen,
        @NonNull @Description("Where the payer confirms; inside WeChat needs `linkMyWeChat`.") PrepayMethod method,
        @NonNull
                @NotBlank
                @Size(max = 100)
                @Description("The client's own key for this click; a repetition goes on with the first order.")
                String clientKey) {}
