package cloud.wuye.tariff.rating;

import org.eclipse.microprofile.graphql.Description;

/** Whether the price depends on the time of day. */
@Description("Whether the price depends on the time of day.")
public enum PriceBasis {
    @Description("One price at all hours.")
    FLAT,
    @Description("分时: by season, kind of day and hour.")
    TIME_OF_USE
}
