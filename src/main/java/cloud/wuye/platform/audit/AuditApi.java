package cloud.wuye.platform.audit;

import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** The audit log's front door. */
@GraphQLApi
public class AuditApi {
    private final AuditEntries entries;
    private final CurrentCaller currentCaller;

    AuditApi(AuditEntries entries, CurrentCaller currentCaller) {
        this.entries = entries;
        this.currentCaller = currentCaller;
    }

    @Query
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.PLATFORM_OPERATOR})
    @Description(
            "Who did what to what, and why. Managers see their company's log, with what the platform's operators did"
                    + " in it; operators see what operators did, in whichever company.")
    public Uni<AuditEntryConnection> auditEntries(
            @Description("What to look for.") AuditFilterInput filter,
            @DefaultValue("AT") @Description("What to order by.") AuditSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return entries.page(
                        currentCaller.get(),
                        filter == null ? AuditFilterInput.NONE : filter,
                        ListSort.order(sort, AuditSort.AT, direction),
                        PageInput.of(first, after))
                .map(AuditEntryConnection::new);
    }
}
