package cloud.wuye.payment.order;

import cloud.wuye.platform.paging.InstantRangeInput;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** Which payments in suspense a list shows; absent fields filter nothing. */
@Input("SuspenseItemFilterInput")
@Description("Which payments in suspense a list shows. Absent fields filter nothing.")
public record SuspenseItemFilterInput(
        @Description("Only those in one of these states.") List<SuspenseState> states,
        @Description("Only those that came this way.") PayBy by,
        @Description("Only those that came there in this span of time.") InstantRangeInput since) {
    static final SuspenseItemFilterInput NONE = new SuspenseItemFilterInput(null, null, null);
}
