package cloud.wuye.tariff.rating;

import org.eclipse.microprofile.graphql.Description;

/** A kind of hours with a price of its own. The order is that in which counters of one interval fill the tiers. */
@Description("A kind of hours with a price of its own.")
public enum PricePeriod {
    @Description("Every hour alike: a price that does not depend on the time of day.")
    ALL_DAY,
    @Description("尖: the dearest hours of the peak.")
    SHARP,
    @Description("峰: the peak.")
    PEAK,
    @Description("平: neither peak nor valley.")
    FLAT,
    @Description("谷: the valley.")
    VALLEY,
    @Description("深谷: the cheapest hours of the valley.")
    DEEP_VALLEY
}
