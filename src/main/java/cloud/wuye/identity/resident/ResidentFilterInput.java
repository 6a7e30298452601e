package cloud.wuye.identity.resident;

import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which residents to list; absent fields filter nothing. */
@Input("ResidentFilterInput")
@Description("Which residents to list; absent fields filter nothing.")
public record ResidentFilterInput(
        @Description("Only those whose name contains this.") String name,
        @Description("Only those whose telephone number contains this.") String phone,
        @Description("Only those of this kind.") ResidentKind kind,
        @Description("Only those in this state.") ResidentState state,
        @Id @Description("Only members of this group.") UUID groupId) {
    static final ResidentFilterInput NONE = new ResidentFilterInput(null, null, null, null, null);
}
