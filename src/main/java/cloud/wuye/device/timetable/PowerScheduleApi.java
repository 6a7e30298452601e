package cloud.wuye.device.timetable;

import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
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

/** The GraphQL door to timed power. */
@GraphQLApi
public class PowerScheduleApi {
    private static final String POWER = RunPowerSchedules.PURPOSE;
    private static final int FARTHEST = 100;

    private final ShapeTimetables shape;
    private final TimetableQueries queries;
    private final Clock clock;

    PowerScheduleApi(ShapeTimetables shape, TimetableQueries queries, Clock clock) {
        this.shape = shape;
        this.queries = queries;
        this.clock = clock;
    }

    @Query("powerSchedules")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("A page of the company's timetables of power.")
    public Uni<PowerScheduleConnection> powerSchedules(
            @Description("Which timetables.") TimetableFilterInput filter,
            @DefaultValue("CREATED_AT") @Description("What to order by.") TimetableSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return queries.page(
                        POWER,
                        filter == null ? TimetableFilterInput.NONE : filter,
                        ListSort.order(sort, TimetableSort.CREATED_AT, direction),
                        PageInput.of(first, after))
                .map(page -> new PowerScheduleConnection(page.map(PowerScheduleView::of)));
    }

    @Query("powerSchedule")
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("A timetable of power by its id; null when there is none.")
    public Uni<PowerScheduleView> powerSchedule(@Id @NonNull @Description("The id.") UUID id) {
        return queries.one(POWER, id).map(row -> row == null ? null : PowerScheduleView.of(row));
    }

    @Name("upcoming")
    @NonNull
    @Description("Its next switching times, whether or not it is paused: a preview.")
    public List<@NonNull UpcomingView> upcoming(
            @Source PowerScheduleView schedule, @DefaultValue("5") @Description("How many, 1 to 100.") Integer count) {
        if (count < 1 || count > FARTHEST) {
            throw new Problem(ProblemCode.VALIDATION, "count", Detail.between(1, FARTHEST));
        }
        return schedule.row().timetable().upcoming(clock.now(), count).stream()
                .map(UpcomingView::of)
                .toList();
    }

    @Name("deviceIds")
    @Id
    @NonNull
    @Description("The devices that it names.")
    public Uni<List<List<@NonNull UUID>>> deviceIds(@Source List<PowerScheduleView> schedules) {
        return Targets.devices(
                shape, schedules.stream().map(PowerScheduleView::id).toList());
    }

    @Name("spaceIds")
    @Id
    @NonNull
    @Description("The spaces that it names; all below them counts.")
    public Uni<List<List<@NonNull UUID>>> spaceIds(@Source List<PowerScheduleView> schedules) {
        return Targets.spaces(
                shape, schedules.stream().map(PowerScheduleView::id).toList());
    }

    @Mutation("createPowerSchedule")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Writes a timetable of power. With RUN_LATEST it is applied within seconds.")
    public Uni<PowerScheduleView> create(@Valid @NonNull @Description("The timetable.") PowerScheduleInput input) {
        return shape.create(TimetableForm.of(input)).map(PowerScheduleView::of);
    }

    @Mutation("changePowerSchedule")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Replaces a timetable of power. Devices that it does not concern any more are let go.")
    public Uni<PowerScheduleView> change(
            @Id @NonNull @Description("The timetable.") UUID id,
            @Description("The version that the change is based on.") int version,
            @Valid @NonNull @Description("What it shall be.") PowerScheduleInput input) {
        return shape.change(id, version, TimetableForm.of(input)).map(PowerScheduleView::of);
    }

    @Mutation("pausePowerSchedule")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Pauses a timetable of power; what it holds off is let go. Repeating it changes nothing.")
    public Uni<PowerScheduleView> pause(@Id @NonNull @Description("The timetable.") UUID id) {
        return put(id, TimetableStatus.PAUSED, "pause");
    }

    @Mutation("resumePowerSchedule")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Lets a paused timetable of power run again. Repeating it changes nothing.")
    public Uni<PowerScheduleView> resume(@Id @NonNull @Description("The timetable.") UUID id) {
        return put(id, TimetableStatus.ACTIVE, "resume");
    }

    @Mutation("deletePowerSchedule")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Deletes a timetable of power; what it holds off is let go.")
    public Uni<PowerScheduleView> delete(@Id @NonNull @Description("The timetable.") UUID id) {
        return put(id, TimetableStatus.DELETED, "delete");
    }

    private Uni<PowerScheduleView> put(UUID id, TimetableStatus status, String act) {
        return shape.put(id, POWER, status, act).map(PowerScheduleView::of);
    }
}
