package cloud.wuye.device.metering.account;

import cloud.wuye.platform.paging.InstantRangeInput;
import cloud.wuye.platform.paging.Select;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** Which lines of charged usage a list shows. */
@Input("RatedUsageLineFilterInput")
@Description("Which lines of charged usage a list shows.")
public record RatedUsageLineFilterInput(
        @Id @NonNull @NotNull @Description("Those of this service point.") UUID pointId,
        @Description("Only those of intervals that end in this span of time.") InstantRangeInput until,
        @Description("true: only corrections; false: only what was charged as it was read.") Boolean corrections) {
    /** The statement with these conditions. */
    Select narrow(Select lines) {
        Select narrowed = lines.eq("l.point_id", pointId).between("l.until", until);
        return corrections == null ? narrowed : narrowed.where("l.revision " + (corrections ? "> 0" : "= 0"));
    }
}
