package cloud.wuye.device.metering.credit;

import cloud.wuye.platform.paging.InstantRangeInput;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which comparisons a list shows; absent fields filter nothing. */
@Input("MeterOwnCreditCheckFilterInput")
@Description("Which comparisons with meters' own credit a list shows. Absent fields filter nothing.")
public record OwnCreditFilterInput(
        @Id @Description("Only that of this meter.") UUID deviceId,
        @Description("Only those of which this came: DIFFERS is for a person to resolve.") List<OwnCreditState> states,
        @Description("Only those whose meter last spoke in this span of time.") InstantRangeInput reportedAt) {
    static final OwnCreditFilterInput NONE = new OwnCreditFilterInput(null, null, null);
}
