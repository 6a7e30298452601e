package cloud.wuye.tariff;

import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** A question: what would this usage cost? */
@Input("RateUsageInput")
@Description("A question: what would this usage cost?")
public record RateUsageInput(
        @Id @NonNull @Description("By which plan.") UUID planId,
        @Id @Description("By this version of the plan alone, as if it held at all times: to try a draft.")
                UUID versionId,
        @NonNull @Size(min = 1, max = 100) @Description("The usage of one meter, at most 100 intervals.")
                List<@NonNull UsageInput> usages,
        @Description("What had been used in the local month when the earliest began; 0 when absent.")
                BigDecimal usedInMonth,
        @Description("What had been used in the local year when the earliest began; as in the month when absent.")
                BigDecimal usedInYear) {}
