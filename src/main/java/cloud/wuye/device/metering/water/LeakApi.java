package cloud.wuye.device.metering.water;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** The GraphQL door to suspected leaks. */
@GraphQLApi
public class LeakApi {
    private final Db db;
    private final SetLeakPolicy policy;

    LeakApi(Db db, SetLeakPolicy policy) {
        this.db = db;
        this.policy = policy;
    }

    @Query
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("From when on the company suspects a leak; absent while it has not said, and nobody looks.")
    public Uni<LeakPolicyView> leakPolicy() {
        return policy.now().map(found -> found == null ? null : LeakPolicyView.of(found));
    }

    @Mutation("setLeakPolicy")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Sets from when on the company suspects a leak.")
    public Uni<LeakPolicyView> setLeakPolicy(@Valid @NonNull @Description("From when on.") LeakPolicyInput input) {
        return policy.set(input).map(LeakPolicyView::of);
    }

    @Query
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    @Description("A page of the water meters behind which it flowed all night, now or earlier.")
    public Uni<LeakSuspicionConnection> leakSuspicions(
            @Description("Which suspected leaks.") LeakSuspicionFilterInput filter,
            @DefaultValue("OPENED_AT") @Description("What to order by.") LeakSuspicionSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        LeakSuspicionFilterInput by = filter == null ? LeakSuspicionFilterInput.NONE : filter;
        PageInput page = PageInput.of(first, after);
        return db.readSql(connection -> by.narrow(Select.of(LeakSuspicionView.SELECT))
                        .page(
                                connection,
                                ListSort.order(sort, LeakSuspicionSort.OPENED_AT, direction),
                                page,
                                LeakSuspicionView::of))
                .map(LeakSuspicionConnection::new);
    }
}
