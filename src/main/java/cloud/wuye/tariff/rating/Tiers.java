package cloud.wuye.tariff.rating;

import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;

/** 阶梯: each unit costs what its own tier asks, whatever is used later (ALL_TIERS). */
@Description("阶梯: each unit costs what its own tier asks, whatever is used later.")
public record Tiers(
        @NonNull @Description("When the count starts anew.") TierReset reset,
        @NonNull @Description("Where each tier but the last ends, rising, at most 4 decimals; the last is open.")
                List<@NonNull BigDecimal> upTo) {}
