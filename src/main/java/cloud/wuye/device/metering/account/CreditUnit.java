package cloud.wuye.device.metering.account;

import org.eclipse.microprofile.graphql.Description;

/** What credit is counted in. */
@Description("What credit is counted in.")
public enum CreditUnit {
    @Description("Yuan, at the prices of the time of use.")
    MONEY,
    @Description("kWh or m³, at the price of the time of purchase. Needs a plan with one price.")
    QUANTITY
}
