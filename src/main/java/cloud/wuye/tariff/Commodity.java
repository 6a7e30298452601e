package cloud.wuye.tariff;

import org.eclipse.microprofile.graphql.Description;

/** What is metered and paid for. */
@Description("What is metered and paid for.")
public enum Commodity {
    @Description("Electricity, by the kilowatt-hour.")
    ELECTRICITY("kW.h"),
    @Description("Water, by the cubic metre.")
    WATER("m3");

    private final String unit;

    Commodity(String unit) {
        this.unit = unit;
    }

    /** The unit of its quantities, as UCUM writes it. */
    public String unit() {
        return unit;
    }
}
