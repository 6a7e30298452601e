package cloud.wuye.device.metering;

import cloud.wuye.platform.paging.InstantRangeInput;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which readings a list shows; absent fields filter nothing. */
@Input("MeterReadingFilterInput")
@Description("Which readings a list shows. Absent fields filter nothing.")
public record MeterReadingFilterInput(
        @Id @Description("Only those of this meter.") UUID deviceId,
        @Description("Only these counters.") List<MeterRegister> registers,
        @Description("Only those read in this span of time.") InstantRangeInput readAt,
        @Description("Only those of these qualities.") List<ReadingQuality> qualities,
        @Description("Only those that came about in one of these ways.") List<ReadingOrigin> origins) {
    static final MeterReadingFilterInput NONE = new MeterReadingFilterInput(null, null, null, null, null);
}
