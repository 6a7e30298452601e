package cloud.wuye.device.metering.cutoff;

import cloud.wuye.platform.paging.InstantRangeInput;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which decisions a list shows; absent fields filter nothing. */
@Input("CutOffDecisionFilterInput")
@Description("Which decisions a list shows. Absent fields filter nothing.")
public record CutOffDecisionFilterInput(
        @Id @Description("Only this meter's.") UUID deviceId,
        @Description("Only these.") List<CutOffOutcome> outcomes,
        @Description("Only those that spared supply for one of these reasons.") List<SpareReason> reasons,
        @Description("Only those in this span of time.") InstantRangeInput at) {
    static final CutOffDecisionFilterInput NONE = new CutOffDecisionFilterInput(null, null, null, null);
}
