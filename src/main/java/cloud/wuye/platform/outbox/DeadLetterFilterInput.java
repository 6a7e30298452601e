package cloud.wuye.platform.outbox;

import cloud.wuye.platform.paging.InstantRangeInput;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** Which dead letters a list shows; absent fields filter nothing. */
@Input("DeadLetterFilterInput")
@Description("Which dead letters a list shows. Absent fields filter nothing.")
public record DeadLetterFilterInput(
        @Description("Only messages of this kind.") String kind,
        @Description("Only messages about this, e.g. a device's id.") String key,
        @Description("Only those written in this span of time.") InstantRangeInput createdAt) {
    static final DeadLetterFilterInput NONE = new DeadLetterFilterInput(null, null, null);
}
