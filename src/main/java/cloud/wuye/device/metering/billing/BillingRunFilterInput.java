package cloud.wuye.device.metering.billing;

import cloud.wuye.platform.paging.InstantRangeInput;
import cloud.wuye.tariff.Commodity;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** Which runs a list shows; absent fields filter nothing. */
@Input("BillingRunFilterInput")
@Description("Which runs a list shows. Absent fields filter nothing.")
public record BillingRunFilterInput(
        @Description("Only those of this commodity.") Commodity commodity,
        @Description("true: only those that are not done; false: only those that are.") Boolean open,
        @Description("Only those whose cut-off lies in this span of time.") InstantRangeInput cutAt) {
    static final BillingRunFilterInput NONE = new BillingRunFilterInput(null, null, null);
}
