package cloud.wuye.device.metering.credit;

import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** What a meter says about its own credit, and what is on its way to it. */
@Type("MeterOwnCredit")
@Description("The credit that a meter counts down itself, in kWh: what it says of it, and what is on its way to it.")
public record MeterCreditView(
        @Description("剩余电量: what the meter last said is left; negative in overdraft.") BigDecimal reportedCredit,
        @Description("When it said so, or the service heard it in an answer.") Instant reportedAt,
        @Description("The number of the last purchase that it took, by its own word.") Long lastPurchase,
        @NonNull @Description("到账中: paid, and not known to be in the meter.") BigDecimal underWay) {}
