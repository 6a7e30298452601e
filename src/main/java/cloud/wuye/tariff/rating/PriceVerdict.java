package cloud.wuye.tariff.rating;

import org.eclipse.microprofile.graphql.Description;

/** What follows from holding a price against the grid's. */
@Description("What follows from holding a price against the grid's.")
public enum PriceVerdict {
    @Description("Not above the grid's.")
    WITHIN,
    @Description("Above it, and lowered to it.")
    LOWERED,
    @Description("Above it: the version cannot be published.")
    REFUSED
}
