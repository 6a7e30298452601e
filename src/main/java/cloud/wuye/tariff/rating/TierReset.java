package cloud.wuye.tariff.rating;

import org.eclipse.microprofile.graphql.Description;

/** When the count that decides the tier starts anew. */
@Description("When the count that decides the tier starts anew, at local midnight.")
public enum TierReset {
    @Description("With each calendar month.")
    MONTH,
    @Description("With each calendar year.")
    YEAR
}
