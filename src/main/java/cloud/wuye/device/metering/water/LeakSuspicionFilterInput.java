package cloud.wuye.device.metering.water;

import cloud.wuye.platform.paging.InstantRangeInput;
import cloud.wuye.platform.paging.Select;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which suspected leaks a list shows; absent fields filter nothing. */
@Input("LeakSuspicionFilterInput")
@Description("Which suspected leaks a list shows. Absent fields filter nothing.")
public record LeakSuspicionFilterInput(
        @Id @Description("Only those of this meter.") UUID deviceId,
        @Description("true: only those that last; false: only those that are over.") Boolean open,
        @Description("Only those noticed in this span of time.") InstantRangeInput openedAt) {
    static final LeakSuspicionFilterInput NONE = new LeakSuspicionFilterInput(null, null, null);

    /** The statement with these conditions. */
    Select narrow(Select suspicions) {
        Select narrowed = suspicions.eq("l.device_id", deviceId).between("l.opened_at", openedAt);
        return open == null ? narrowed : narrowed.where("l.closed_at is " + (open ? "null" : "not null"));
    }
}
