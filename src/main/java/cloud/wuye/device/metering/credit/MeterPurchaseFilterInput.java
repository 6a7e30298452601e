package cloud.wuye.device.metering.credit;

import cloud.wuye.platform.paging.InstantRangeInput;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which writes a list shows; absent fields filter nothing. */
@Input("MeterPurchaseFilterInput")
@Description("Which writes of meters' credit a list shows. Absent fields filter nothing.")
public record MeterPurchaseFilterInput(
        @Id @Description("Only those of this meter.") UUID deviceId,
        @Id @Description("Only the one that this order paid for.") UUID orderId,
        @Description("Only these kinds.") List<PurchaseKind> kinds,
        @Description("Only those that stand here: FAILED is for a person to decide.") List<PurchaseState> states,
        @Description("Only those wanted in this span of time.") InstantRangeInput createdAt) {
    static final MeterPurchaseFilterInput NONE = new MeterPurchaseFilterInput(null, null, null, null, null);
}
