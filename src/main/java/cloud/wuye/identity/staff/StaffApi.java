package cloud.wuye.identity.staff;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.tenant.Tenant;
import cloud.wuye.tenant.TenantRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** A company's staff, for its managers. The company is the caller's own; nobody can name another. */
@GraphQLApi
public class StaffApi {
    private final Db db;
    private final CurrentCaller currentCaller;
    private final TenantRegistry registry;
    private final InviteStaff inviteStaff;
    private final ChangeStaff changeStaff;

    StaffApi(
            Db db,
            CurrentCaller currentCaller,
            TenantRegistry registry,
            InviteStaff inviteStaff,
            ChangeStaff changeStaff) {
        this.db = db;
        this.currentCaller = currentCaller;
        this.registry = registry;
        this.inviteStaff = inviteStaff;
        this.changeStaff = changeStaff;
    }

    @Query
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description("The company's staff. Managers only.")
    public Uni<StaffConnection> staff(
            @Description("Whom to list.") StaffFilterInput filter,
            @DefaultValue("NAME") @Description("What to order by.") StaffSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        StaffFilterInput by = filter == null ? StaffFilterInput.NONE : filter;
        Keyset order = ListSort.order(sort, StaffSort.NAME, direction);
        PageInput page = PageInput.of(first, after);
        return db.readSql(connection -> new Staff(connection).page(by, order, page))
                .map(found -> new StaffConnection(found.map(StaffView::of)));
    }

    @Mutation
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description(
            "Takes somebody on and makes their account. After an IDENTITY_UNAVAILABLE, or when the answer was lost, simply "
                    + "send it again: as long as nobody has used the first password it gives a new one.")
    public Uni<InvitedStaffView> inviteStaff(@NonNull @Valid @Description("Whom.") InviteStaffInput input) {
        Caller by = currentCaller.get();
        return company(by, company -> inviteStaff.invite(company, by, input.person()))
                .map(InvitedStaffView::of);
    }

    // Named, because the framework takes "set" for the beginning of a property.
    @Mutation("setStaffRoles")
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description("Gives a person exactly these roles. It shows in their next token, within five minutes.")
    public Uni<StaffView> setStaffRoles(
            @NonNull @Description("Who.") UUID id,
            @NonNull @NotEmpty @Description("What they may do from now on; at least one.")
                    List<@NonNull StaffRole> roles) {
        Caller by = currentCaller.get();
        return company(by, company -> changeStaff.setRoles(company, by, id, Set.copyOf(roles)));
    }

    @Mutation
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description(
            "Shuts a person out: no more log-ins, sessions end at once, a token already issued within five minutes.")
    public Uni<StaffView> disableStaff(
            @NonNull @Description("Who.") UUID id,
            @NonNull @NotBlank @Size(max = 500) @Description("Why; goes into the audit log.") String reason) {
        Caller by = currentCaller.get();
        return company(by, company -> changeStaff.disable(company, by, id, reason));
    }

    @Mutation
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description("Lets a disabled person log in again.")
    public Uni<StaffView> enableStaff(@NonNull @Description("Who.") UUID id) {
        Caller by = currentCaller.get();
        return company(by, company -> changeStaff.enable(company, by, id));
    }

    private <T> Uni<T> company(Caller by, Function<Tenant, Uni<T>> work) {
        return registry.findById(by.requireTenant())
                .flatMap(found -> work.apply(found.orElseThrow(() -> new Problem(ProblemCode.FORBIDDEN))));
    }
}
