package cloud.wuye.space;

import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import java.util.List;
import java.util.Map;
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

/** The GraphQL door to spaces. */
@GraphQLApi
public class SpaceApi {
    private static final int DEPTH = 15;

    private final Spaces spaces;
    private final ShapeSpaces shape;
    private final SpaceKinds kinds;

    SpaceApi(Spaces spaces, ShapeSpaces shape, SpaceKinds kinds) {
        this.spaces = spaces;
        this.shape = shape;
        this.kinds = kinds;
    }

    @Query("spaceKinds")
    @NonNull
    @Description("The kinds of space there are and which may stand under which.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public List<@NonNull SpaceKindView> spaceKinds() {
        return kinds.all();
    }

    @Query("space")
    @Description("A space by its id; null when there is none.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<SpaceView> space(@Id @NonNull @Description("The space's id.") UUID id) {
        return spaces.one(id);
    }

    @Query("spaces")
    @NonNull
    @Description("A page of the company's spaces.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<SpaceConnection> spaces(
            @Description("Which spaces.") SpaceFilterInput filter,
            @DefaultValue("POSITION") @Description("What to order by.") SpaceSort sort,
            @DefaultValue("ASC") @Description("Which way.") SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return spaces.page(
                        filter == null ? SpaceFilterInput.NONE : filter,
                        sort == null ? SpaceSort.POSITION : sort,
                        direction,
                        PageInput.of(first, after))
                .map(SpaceConnection::new);
    }

    @Query("spaceSubtree")
    @NonNull
    @Description("A space and everything in use below it as a flat list, parents before children; at most 5000 spaces. "
            + "Build the tree from parentId. Empty when there is no such space.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    public Uni<List<@NonNull SpaceView>> subtree(
            @Id @NonNull @Description("The space at the top.") UUID id,
            @Description("How many levels below it; all when absent.") Integer depth) {
        return spaces.subtree(id, depth == null ? DEPTH : Math.max(0, Math.min(depth, DEPTH)));
    }

    @Name("parent")
    @Description("The space above; absent at the top of the tree.")
    public Uni<List<SpaceView>> parent(@Source List<SpaceView> views) {
        List<UUID> ids =
                views.stream().map(SpaceView::parentId).filter(id -> id != null).toList();
        return spaces.byIds(ids).map(found -> views.stream()
                .map(view -> view.parentId() == null ? null : found.get(view.parentId()))
                .toList());
    }

    @Name("children")
    @Description("The spaces directly below that are in use, by position and name; the first 500. "
            + "Use `spaces(filter: {parentId})` to page through more.")
    public Uni<List<List<SpaceView>>> children(@Source List<SpaceView> views) {
        return spaces.children(ids(views)).map(found -> each(views, found));
    }

    @Name("path")
    @Description("The way from the top of the tree to this space, itself last: the breadcrumb.")
    public Uni<List<List<SpaceView>>> path(@Source List<SpaceView> views) {
        return spaces.paths(ids(views)).map(found -> each(views, found));
    }

    @Mutation("createSpace")
    @NonNull
    @Description("Adds a space to the tree.")
    @RolesAllowed(Roles.MANAGER)
    public Uni<SpaceView> create(@Valid @NonNull @Description("The new space.") SpaceInput input) {
        return shape.create(input);
    }

    @Mutation("editSpace")
    @NonNull
    @Description("Renames a space or gives it another place among its siblings.")
    @RolesAllowed(Roles.MANAGER)
    public Uni<SpaceView> edit(
            @Id @NonNull @Description("The space.") UUID id,
            @Description("The version that the edit is based on.") int version,
            @Valid @NonNull @Description("What to change.") SpaceEditInput input) {
        return shape.edit(id, version, input);
    }

    @Mutation("moveSpace")
    @NonNull
    @Description("Hangs a space with everything below it under another parent.")
    @RolesAllowed(Roles.MANAGER)
    public Uni<SpaceView> move(
            @Id @NonNull @Description("The space.") UUID id,
            @Description("The version that the move is based on.") int version,
            @Id @Description("The new parent; absent: to the top of the tree.") UUID parentId) {
        return shape.move(id, version, parentId);
    }

    @Mutation("archiveSpace")
    @NonNull
    @Description(
            "Takes a space out of use. Refused with SPACE_IN_USE while a space in use stands below it, or a device "
                    + "or anything else in it.")
    @RolesAllowed(Roles.MANAGER)
    public Uni<SpaceView> archive(
            @Id @NonNull @Description("The space.") UUID id,
            @Description("The version that this is based on.") int version,
            @Description("Why, for the audit log.") String reason) {
        return shape.archive(id, version, reason);
    }

    private static List<UUID> ids(List<SpaceView> views) {
        return views.stream().map(SpaceView::id).toList();
    }

    private static List<List<SpaceView>> each(List<SpaceView> views, Map<UUID, List<SpaceView>> found) {
        return views.stream()
                .map(view -> found.getOrDefault(view.id(), List.of()))
                .toList();
    }
}
