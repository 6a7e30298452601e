package cloud.wuye.device.metering.cutoff;

import cloud.wuye.platform.paging.InstantRangeInput;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which credit events a list shows; absent fields filter nothing. */
@Input("CreditEventFilterInput")
@Description("Which credit events a list shows. Absent fields filter nothing.")
public record CreditEventFilterInput(
        @Id @Description("Only this meter's.") UUID deviceId,
        @Description("Only these.") List<CreditEventKind> kinds,
        @Description("Only those in this span of time.") InstantRangeInput at) {
    static final CreditEventFilterInput NONE = new CreditEventFilterInput(null, null, null);
}
