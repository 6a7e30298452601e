package cloud.wuye.payment.order;

import cloud.wuye.platform.paging.InstantRangeInput;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which refunds a list shows; absent fields filter nothing. */
@Input("RefundFilterInput")
@Description("Which refunds a list shows. Absent fields filter nothing.")
public record RefundFilterInput(
        @Description("Only those in one of these states.") List<RefundState> states,
        @Id @Description("Only those of this order.") UUID orderId,
        @Description("Only those asked for in this span of time.") InstantRangeInput createdAt) {
    static final RefundFilterInput NONE = new RefundFilterInput(null, null, null);
}
