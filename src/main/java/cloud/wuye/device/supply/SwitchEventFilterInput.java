package cloud.wuye.device.supply;

import cloud.wuye.platform.paging.InstantRangeInput;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which entries of the on/off log a list shows; absent fields filter nothing. */
@Input("SwitchEventFilterInput")
@Description("Which entries of the on/off log a list shows. Absent fields filter nothing.")
public record SwitchEventFilterInput(
        @Id @Description("Only those of this device.") UUID deviceId,
        @Description("Only these kinds.") List<SwitchEventKind> what,
        @Description("Only those for this one reason.") HoldReason reason,
        @Description("Only those in this span of time.") InstantRangeInput at) {
    static final SwitchEventFilterInput NONE = new SwitchEventFilterInput(null, null, null, null);
}
