package cloud.wuye.device.metering.account;

import cloud.wuye.tariff.Commodity;
import java.math.BigDecimal;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which accounts a list shows; absent fields filter nothing. */
@Input("MeterAccountFilterInput")
@Description("Which accounts a list shows. Absent fields filter nothing.")
public record MeterAccountFilterInput(
        @Description("Only those of this.") Commodity commodity,
        @Description("Only those paid for like this.") BillingMode mode,
        @Description("Only those whose credit this one counts.") CreditAuthority authority,
        @Id @Description("Only those of this tariff plan.") UUID planId,
        @Id @Description("Only those that this resident is asked to pay.") UUID customerId,
        @Description("true: only open ones; false: only closed ones.") Boolean open,
        @Description("Only those with less credit than this.") BigDecimal creditBelow) {
    static final MeterAccountFilterInput NONE = new MeterAccountFilterInput(null, null, null, null, null, null, null);
}
