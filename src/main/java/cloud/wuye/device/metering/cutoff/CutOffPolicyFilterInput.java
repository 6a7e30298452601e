package cloud.wuye.device.metering.cutoff;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** Which policies a list shows; absent fields filter nothing. */
@Input("CutOffPolicyFilterInput")
@Description("Which policies a list shows. Absent fields filter nothing.")
public record CutOffPolicyFilterInput(@Description("Only those whose name holds this.") String search) {
    static final CutOffPolicyFilterInput NONE = new CutOffPolicyFilterInput(null);
}
