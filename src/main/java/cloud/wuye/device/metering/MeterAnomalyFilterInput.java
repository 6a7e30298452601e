package cloud.wuye.device.metering;

import cloud.wuye.platform.paging.InstantRangeInput;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which anomalies a list shows; absent fields filter nothing. */
@Input("MeterAnomalyFilterInput")
@Description("Which anomalies a list shows. Absent fields filter nothing.")
public record MeterAnomalyFilterInput(
        @Id @Description("Only those of this meter.") UUID deviceId,
        @Description("true: only those that last; false: only those that are over.") Boolean open,
        @Description("Only those with one of these findings.") List<ReadingFinding> findings,
        @Description("Only those noticed in this span of time.") InstantRangeInput foundAt) {
    static final MeterAnomalyFilterInput NONE = new MeterAnomalyFilterInput(null, null, null, null);
}
