package cloud.wuye.device.metering.billing;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** What paying a bill would cost and leave, as clients see it. */
@Type("BillQuote")
@Description("What paying a bill, or a part of it, would cost now. Sums are in fen. Nothing is promised by it.")
public record BillQuoteView(
        @NonNull @Description("未缴: what is left to pay of the bill before.") Long openFen,
        @NonNull @Description("What is paid of the bill.") Long payableFen,
        @NonNull @Description("手续费: what comes on top.") Long surchargeFen,
        @NonNull @Description("实际缴费金额: both.") Long dueFen,
        @NonNull @Description("What is left to pay of the bill after.") Long openAfterFen,
        @Description("Whether the company lets bills be paid in parts.") boolean partialPayments) {}
