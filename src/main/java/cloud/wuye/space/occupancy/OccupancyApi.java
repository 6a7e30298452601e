package cloud.wuye.space.occupancy;

import cloud.wuye.identity.resident.MyResidentView;
import cloud.wuye.identity.resident.ResidentView;
import cloud.wuye.identity.resident.Residents;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.space.SpaceView;
import cloud.wuye.space.Spaces;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
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

/** Who lives or works where. */
@GraphQLApi
public class OccupancyApi {
    private final Db db;
    private final Clock clock;
    private final CurrentCaller currentCaller;
    private final MoveResidents move;
    private final Occupancies occupancies;
    private final Residents residents;
    private final Spaces spaces;

    OccupancyApi(
            Db db,
            Clock clock,
            CurrentCaller currentCaller,
            MoveResidents move,
            Occupancies occupancies,
            Residents residents,
            Spaces spaces) {
        this.db = db;
        this.clock = clock;
        this.currentCaller = currentCaller;
        this.move = move;
        this.occupancies = occupancies;
        this.residents = residents;
        this.spaces = spaces;
    }

    @Query
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    @Description("居住记录: who lived or worked where and when, lives there now, or will.")
    public Uni<OccupancyConnection> occupancies(
            @Description("Which occupancies.") OccupancyFilterInput filter,
            @DefaultValue("SINCE") @Description("What to order by.") OccupancySort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        OccupancyFilterInput by = filter == null ? OccupancyFilterInput.NONE : filter;
        PageInput page = PageInput.of(first, after);
        return db.readSql(tx -> by.select(clock.now())
                        .page(tx, ListSort.order(sort, OccupancySort.SINCE, direction), page, OccupancyView::of))
                .map(OccupancyConnection::new);
    }

    @Name("occupants")
    @Description("Who lives or works in this very space, or will, by beginning.")
    public Uni<List<List<OccupancyView>>> occupants(
            @Source List<SpaceView> views, @DefaultValue("10") @Description(PageInput.FIRST) Integer first) {
        int rows = PageInput.of(first, null).first();
        return db.readSql(tx -> occupancies.inSpaces(
                        tx, views.stream().map(SpaceView::id).toList(), rows, clock.now()))
                .map(found -> views.stream()
                        .map(view -> found.getOrDefault(view.id(), List.of()))
                        .toList());
    }

    @Name("spaces")
    @Description("Where they live or work, or will, by beginning.")
    public Uni<List<List<OccupancyView>>> spacesOfResidents(
            @Source List<ResidentView> views, @DefaultValue("10") @Description(PageInput.FIRST) Integer first) {
        int rows = PageInput.of(first, null).first();
        return db.readSql(tx -> occupancies.ofResidents(
                        tx, views.stream().map(ResidentView::id).toList(), rows, clock.now()))
                .map(found -> views.stream()
                        .map(view -> found.getOrDefault(view.id(), List.of()))
                        .toList());
    }

    @Name("spaces")
    @NonNull
    @Description("The spaces they live or work in now. What stands below these is theirs as well.")
    public Uni<List<@NonNull MySpaceView>> mySpaces(@Source MyResidentView me) {
        return db.readSql(tx -> occupancies.mine(tx, me.id(), clock.now()));
    }

    @Name("space")
    @Description("The space.")
    public Uni<List<SpaceView>> space(@Source List<OccupancyView> views) {
        return spaces.byIds(views.stream().map(OccupancyView::spaceId).toList())
                .map(found ->
                        views.stream().map(view -> found.get(view.spaceId())).toList());
    }

    @Name("resident")
    @Description("The resident.")
    public Uni<List<ResidentView>> resident(@Source List<OccupancyView> views) {
        return residents
                .byIds(views.stream().map(OccupancyView::residentId).toList())
                .map(found ->
                        views.stream().map(view -> found.get(view.residentId())).toList());
    }

    @Mutation
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description(
            "Moves a resident into a space. Doing it twice does it once; another time in the same role that overlaps is "
                    + "refused with OCCUPANCY_OVERLAPS.")
    public Uni<OccupancyView> moveIn(@NonNull @Valid @Description("Who, where, as what.") OccupancyInput input) {
        return move.in(currentCaller.get(), input);
    }

    @Mutation
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description(
            "Ends an occupancy. One that has ended stays as it is; a planned end can be brought forward, not put off.")
    public Uni<OccupancyView> moveOut(
            @Id @NonNull @Description("Which occupancy.") UUID id,
            @Description("The first moment that no longer counts; now when absent.") Instant at,
            @Size(max = 500) @Description("Why, for the audit log.") String reason) {
        return move.out(currentCaller.get(), id, at, reason);
    }
}
