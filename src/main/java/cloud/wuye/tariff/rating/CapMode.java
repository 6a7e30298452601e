package cloud.wuye.tariff.rating;

import org.eclipse.microprofile.graphql.Description;

/** What becomes of a price above the grid's. */
@Description("What becomes of a price above the grid's.")
public enum CapMode {
    @Description("The version cannot be published.")
    REFUSE,
    @Description("The price is lowered to the grid's; the service first, then the energy.")
    LOWER
}
