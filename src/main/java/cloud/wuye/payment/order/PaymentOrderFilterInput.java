package cloud.wuye.payment.order;

import cloud.wuye.platform.paging.InstantRangeInput;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which orders a list shows; absent fields filter nothing. */
@Input("PaymentOrderFilterInput")
@Description("Which orders a list shows. Absent fields filter nothing.")
public record PaymentOrderFilterInput(
        @Description("Only the one of this number.") String orderNo,
        @Description("Only those for this purpose.") String purpose,
        @Id @Description("Only those for this meter, session …") UUID subjectId,
        @Description("Only those for a subject whose name begins so: the meter's number.") String subjectName,
        @Description("Only those in one of these states.") List<OrderState> states,
        @Description("Only those placed in this span of time.") InstantRangeInput createdAt) {
    static final PaymentOrderFilterInput NONE = new PaymentOrderFilterInput(null, null, null, null, null, null);
}
