package cloud.wuye.tenant;

import cloud.wuye.platform.paging.InstantRangeInput;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** Which property companies a list shows; absent fields filter nothing. */
@Input("PropertyCompanyFilterInput")
@Description("Which property companies a list shows. Absent fields filter nothing.")
public record TenantFilterInput(
        @Description("Only those in this status.") TenantStatus status,
        @Description("Only those whose name or code contains this.") String search,
        @Description("Only those taken on board in this span of time.") InstantRangeInput createdAt) {
    static final TenantFilterInput NONE = new TenantFilterInput(null, null, null);
}
