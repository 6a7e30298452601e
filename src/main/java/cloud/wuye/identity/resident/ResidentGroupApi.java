package cloud.wuye.identity.resident;

import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** Groups of residents, for staff. */
@GraphQLApi
public class ResidentGroupApi {
    private final Groups groups;
    private final CurrentCaller currentCaller;

    ResidentGroupApi(Groups groups, CurrentCaller currentCaller) {
        this.groups = groups;
        this.currentCaller = currentCaller;
    }

    @Query
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    @Description("The company's groups of residents.")
    public Uni<ResidentGroupConnection> residentGroups(
            @Description("Which groups.") ResidentGroupFilterInput filter,
            @DefaultValue("NAME") @Description("What to order by.") ResidentGroupSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return groups.page(
                        filter == null ? ResidentGroupFilterInput.NONE : filter,
                        ListSort.order(sort, ResidentGroupSort.NAME, direction),
                        PageInput.of(first, after))
                .map(ResidentGroupConnection::new);
    }

    @Name("groups")
    @Description("The groups they are in, by name.")
    public Uni<List<List<ResidentGroupView>>> groups(@Source List<ResidentView> residents) {
        return groups.of(residents.stream().map(ResidentView::id).toList()).map(found -> residents.stream()
                .map(resident -> found.getOrDefault(resident.id(), List.of()))
                .toList());
    }

    @Mutation
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("Makes an empty group.")
    public Uni<ResidentGroupView> createResidentGroup(
            @NonNull @NotBlank @Size(max = 60) @Description("Its name, unique in the company.") String name) {
        return groups.create(currentCaller.get(), name);
    }

    @Mutation
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("Gives a group another name.")
    public Uni<ResidentGroupView> renameResidentGroup(
            @Id @NonNull @Description("Which.") UUID id,
            @NonNull @NotBlank @Size(max = 60) @Description("Its name, unique in the company.") String name) {
        return groups.rename(currentCaller.get(), id, name);
    }

    @Mutation
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("Takes a group away; its members stay residents. The group as it was.")
    public Uni<ResidentGroupView> deleteResidentGroup(@Id @NonNull @Description("Which.") UUID id) {
        return groups.delete(currentCaller.get(), id);
    }

    @Mutation
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("Lets residents into a group and others out of it; 200 of each at most. Doing it twice does it once.")
    public Uni<ResidentGroupView> changeResidentGroupMembers(
            @Id @NonNull @Description("Which.") UUID id,
            @NonNull @Size(max = PageInput.LIMIT) @Description("Who comes in; whoever is in stays.")
                    List<@NonNull UUID> add,
            @NonNull @Size(max = PageInput.LIMIT) @Description("Who goes out.") List<@NonNull UUID> remove) {
        return groups.changeMembers(currentCaller.get(), id, Set.copyOf(add), Set.copyOf(remove));
    }
}
