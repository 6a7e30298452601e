package cloud.wuye.identity.resident;

import cloud.wuye.identity.MeView;
import cloud.wuye.identity.staff.InviteStaffInput;
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
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** A company's residents, for its staff, and the resident that a log-in speaks for. */
@GraphQLApi
public class ResidentApi {
    private final Db db;
    private final CurrentCaller currentCaller;
    private final CurrentResident currentResident;
    private final TenantRegistry registry;
    private final RegisterResident registerResident;
    private final ChangeResident changeResident;
    private final Residents residents;

    ResidentApi(
            Db db,
            CurrentCaller currentCaller,
            CurrentResident currentResident,
            TenantRegistry registry,
            RegisterResident registerResident,
            ChangeResident changeResident,
            Residents residents) {
        this.db = db;
        this.currentCaller = currentCaller;
        this.currentResident = currentResident;
        this.registry = registry;
        this.registerResident = registerResident;
        this.changeResident = changeResident;
        this.residents = residents;
    }

    @Query
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    @Description("A page of the company's residents.")
    public Uni<ResidentConnection> residents(
            @Description("Which residents.") ResidentFilterInput filter,
            @DefaultValue("NAME") @Description("What to order by.") ResidentSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        ResidentFilterInput by = filter == null ? ResidentFilterInput.NONE : filter;
        PageInput page = PageInput.of(first, after);
        Keyset order = ListSort.order(sort, ResidentSort.NAME, direction);
        return db.readSql(tx -> new Directory(tx).page(by, order, page))
                .map(found -> new ResidentConnection(found.map(ResidentView::of)));
    }

    @Query
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    @Description("A resident by their id; null when there is none.")
    public Uni<ResidentView> resident(@Id @NonNull @Description("The resident's id.") UUID id) {
        return residents.byIds(List.of(id)).map(found -> found.get(id));
    }

    @Name("resident")
    @Description("The resident that a resident's log-in speaks for; absent for others, and as long as staff have not "
            + "linked the log-in to anybody in the directory.")
    public Uni<MyResidentView> me(@Source MeView me) {
        Caller caller = currentCaller.get();
        return caller.tenantId() == null
                ? Uni.createFrom().nullItem()
                : db.readSql(tx -> currentResident.find(tx, caller))
                        .map(found -> found == null ? null : MyResidentView.of(found));
    }

    @Mutation
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description(
            "Writes a resident down and, with a log-in name, makes their account. After an IDENTITY_UNAVAILABLE, or "
                    + "when the answer was lost, simply send it again: as long as nobody has used the first password it gives a "
                    + "new one.")
    public Uni<RegisteredResidentView> registerResident(
            @NonNull @Valid @Description("Whom.") ResidentInput input,
            @Pattern(regexp = InviteStaffInput.USERNAME)
                    @Description("Log-in name: 3 to 64 lower-case letters, digits, dots, dashes, underscores, e.g. the "
                            + "telephone number. Absent: no account; `linkResident` gives one later.")
                    String username) {
        Caller by = currentCaller.get();
        return company(by, company -> registerResident.register(company, by, input, username));
    }

    @Mutation
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("Gives a resident an account of this log-in name: a new one, or one of the company's realm that is "
            + "nobody's here and may do nothing that a resident may not. May be repeated; gives a new first password as "
            + "long as nobody has used one.")
    public Uni<RegisteredResidentView> linkResident(
            @Id @NonNull @Description("Whom.") UUID id,
            @NonNull
                    @Pattern(regexp = InviteStaffInput.USERNAME)
                    @Description("Log-in name: 3 to 64 lower-case letters, digits, dots, dashes, underscores.")
                    String username) {
        Caller by = currentCaller.get();
        return company(by, company -> registerResident.link(company, by, id, username));
    }

    @Mutation
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description(
            "Says anew who a resident is: all of it, what is absent is forgotten. The account keeps its own name and "
                    + "address.")
    public Uni<ResidentView> editResident(
            @Id @NonNull @Description("Whom.") UUID id,
            @Description("The version that the edit is based on.") int version,
            @NonNull @Valid @Description("Who they are.") ResidentInput input) {
        return changeResident.edit(currentCaller.get(), id, version, input);
    }

    @Mutation
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description(
            "Shuts a resident out: no more log-ins, sessions end at once, and what is theirs is shown to them no more.")
    public Uni<ResidentView> disableResident(
            @Id @NonNull @Description("Whom.") UUID id,
            @NonNull @NotBlank @Size(max = 500) @Description("Why; goes into the audit log.") String reason) {
        Caller by = currentCaller.get();
        return company(by, company -> changeResident.disable(company, by, id, reason));
    }

    @Mutation
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("Lets a disabled resident in again.")
    public Uni<ResidentView> enableResident(@Id @NonNull @Description("Whom.") UUID id) {
        Caller by = currentCaller.get();
        return company(by, company -> changeResident.enable(company, by, id));
    }

    private <T> Uni<T> company(Caller by, Function<Tenant, Uni<T>> work) {
        return registry.findById(by.requireTenant())
                .flatMap(found -> work.apply(found.orElseThrow(() -> new Problem(ProblemCode.FORBIDDEN))));
    }
}
