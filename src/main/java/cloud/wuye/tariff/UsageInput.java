package cloud.wuye.tariff;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.tariff.rating.PricePeriod;
import cloud.wuye.tariff.rating.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** What was used in an interval. */
@Input("UsageInput")
@Description("What was used in an interval.")
public record UsageInput(
        @NonNull @Description("When it begins.") Instant from,
        @NonNull @Description("When it ends; at most 400 days later.") Instant to,
        @NonNull @Description("The quantity, at most 4 decimals; negative takes back.") BigDecimal quantity,
        @Description("The kind of hours whose own counter counted it; the total counter when absent.")
                PricePeriod counter) {
    private static final BigDecimal MOST = new BigDecimal("10000000000");

    Usage usage() {
        if (to.isBefore(from) || Duration.between(from, to).compareTo(TariffSegments.BACK) > 0) {
            throw new Problem(ProblemCode.VALIDATION, "usages.to", to);
        }
        if (quantity.stripTrailingZeros().scale() > Usage.DECIMALS
                || quantity.abs().compareTo(MOST) > 0) {
            throw new Problem(ProblemCode.VALIDATION, "usages.quantity", quantity.toPlainString());
        }
        return new Usage(from, to, quantity, counter);
    }
}
