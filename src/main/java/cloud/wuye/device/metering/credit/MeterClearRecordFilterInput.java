package cloud.wuye.device.metering.credit;

import cloud.wuye.platform.paging.InstantRangeInput;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which clearings a list shows; absent fields filter nothing. */
@Input("MeterClearRecordFilterInput")
@Description("Which clearings of credit a list shows. Absent fields filter nothing.")
public record MeterClearRecordFilterInput(
        @Id @Description("Only those of this meter.") UUID deviceId,
        @Description("Only those after which this became of what was left.") List<Remainder> remainders,
        @Description("Only those that stand here.") List<ClearState> states,
        @Description("Only those wanted in this span of time.") InstantRangeInput createdAt) {
    static final MeterClearRecordFilterInput NONE = new MeterClearRecordFilterInput(null, null, null, null);
}
