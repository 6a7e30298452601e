package cloud.wuye.tariff.rating;

import java.math.BigDecimal;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;

/** What the grid asks for a unit, which a reseller may not exceed. */
@Description("What the grid asks for a unit.")
public record GridPrice(
        @Description("The tier, from 1; every tier when absent.") Integer tier,
        @Description("The kind of hours; every kind when absent.") PricePeriod period,
        @NonNull @Description("The grid's price per unit.") BigDecimal price) {
    boolean fits(int someTier, PricePeriod somePeriod) {
        return (tier == null || tier == someTier) && (period == null || period == somePeriod);
    }
}
