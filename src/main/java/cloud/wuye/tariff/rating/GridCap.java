package cloud.wuye.tariff.rating;

import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;

/** The limit that the grid's price sets to a reseller's. */
@Description("The limit that the grid's price sets to a reseller's (转供电加价).")
public record GridCap(
        @NonNull @Description("What becomes of a price above it.") CapMode mode,
        @Description("Whether energy and service together count, or the energy alone.") boolean serviceCounts,
        @NonNull @Description("The grid's prices: each tier and kind of hours must find exactly one.")
                List<@NonNull GridPrice> prices) {}
