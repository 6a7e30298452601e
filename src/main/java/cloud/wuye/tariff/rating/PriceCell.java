package cloud.wuye.tariff.rating;

import java.math.BigDecimal;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;

/** What a unit costs in one tier and one kind of hours, as it is charged. */
@Description("What a unit costs in one tier and one kind of hours, as it is charged.")
public record PriceCell(
        @Description("The tier, from 1.") int tier,
        @NonNull @Description("Where the tier begins.") BigDecimal tierFrom,
        @Description("Where the tier ends; absent for the last.") BigDecimal tierTo,
        @NonNull @Description("The kind of hours.") PricePeriod period,
        @NonNull @Description("Price of the energy or water itself per unit.") BigDecimal energyPrice,
        @NonNull @Description("Price of the service per unit.") BigDecimal servicePrice) {}
