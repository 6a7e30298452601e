package cloud.wuye.tariff.rating;

import java.math.BigDecimal;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;

/** What a unit costs in some tier and kind of hours. */
@Description("What a unit costs in some tier and kind of hours. Each tier and kind of hours must find exactly one.")
public record Rate(
        @Description("The tier, from 1; every tier when absent.") Integer tier,
        @Description("The kind of hours; every kind when absent.") PricePeriod period,
        @NonNull @Description("Price of the energy or water itself per unit, at most 6 decimals.")
                BigDecimal energyPrice,
        @Description("Price of the service per unit, at most 6 decimals; the version's when absent.")
                BigDecimal servicePrice) {
    boolean fits(int someTier, PricePeriod somePeriod) {
        return (tier == null || tier == someTier) && (period == null || period == somePeriod);
    }
}
