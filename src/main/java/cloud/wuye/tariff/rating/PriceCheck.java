package cloud.wuye.tariff.rating;

import java.math.BigDecimal;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;

/** One price held against the grid's. */
@Description("One price held against the grid's.")
public record PriceCheck(
        @Description("The tier, from 1.") int tier,
        @NonNull @Description("The kind of hours.") PricePeriod period,
        @NonNull @Description("The energy price as written.") BigDecimal energyPrice,
        @NonNull @Description("The service price as written.") BigDecimal servicePrice,
        @NonNull @Description("The grid's price.") BigDecimal gridPrice,
        @NonNull @Description("By how much what counts is above the grid's price; 0 if it is not.") BigDecimal excess,
        @NonNull @Description("The energy price as it is charged.") BigDecimal chargedEnergyPrice,
        @NonNull @Description("The service price as it is charged.") BigDecimal chargedServicePrice,
        @NonNull @Description("What follows.") PriceVerdict verdict) {}
