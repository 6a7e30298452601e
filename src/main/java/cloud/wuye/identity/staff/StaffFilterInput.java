package cloud.wuye.identity.staff;

import cloud.wuye.platform.paging.InstantRangeInput;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** Which staff to list; absent fields filter nothing. */
@Input("StaffFilterInput")
@Description("Which staff to list; absent fields filter nothing.")
public record StaffFilterInput(
        @Description("Only those with this role.") StaffRole role,
        @Description("Only those in this status.") StaffStatus status,
        @Description("Only those whose name or log-in name contains this.") String search,
        @Description("Only those taken on in this span of time.") InstantRangeInput createdAt) {
    static final StaffFilterInput NONE = new StaffFilterInput(null, null, null, null);
}
