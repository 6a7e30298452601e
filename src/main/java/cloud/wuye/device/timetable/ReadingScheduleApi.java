package cloud.wuye.device.timetable;

import cloud.wuye.device.command.CommandView;
import cloud.wuye.device.command.DevicesAtHand;
import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
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

/** The GraphQL door to readings on demand and by the clock. */
@GraphQLApi
public class ReadingScheduleApi {
    private static final String READING = RunReadingSchedules.PURPOSE;

    private final ShapeTimetables shape;
    private final TimetableQueries queries;
    private final ReadMeters readMeters;

    ReadingScheduleApi(ShapeTimetables shape, TimetableQueries queries, ReadMeters readMeters) {
        this.shape = shape;
        this.queries = queries;
        this.readMeters = readMeters;
    }

    @Mutation("readMeters")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN})
    @Description(
            "Asks meters for a reading now. Gives the commands that were queued: a meter that is being asked already "
                    + "is left out. The reading arrives with the others, source ON_DEMAND.")
    public Uni<List<@NonNull CommandView>> readMeters(
            @NonNull @Description("The meters, at most 1000.") List<@NonNull UUID> deviceIds) {
        return readMeters.now(DevicesAtHand.checked(deviceIds));
    }

    @Query("readingSchedules")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("A page of the company's timetables of readings.")
    public Uni<ReadingScheduleConnection> readingSchedules(
            @Description("Which timetables.") TimetableFilterInput filter,
            @DefaultValue("CREATED_AT") @Description("What to order by.") TimetableSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return queries.page(
                        READING,
                        filter == null ? TimetableFilterInput.NONE : filter,
                        ListSort.order(sort, TimetableSort.CREATED_AT, direction),
                        PageInput.of(first, after))
                .map(page -> new ReadingScheduleConnection(page.map(ReadingScheduleView::of)));
    }

    @Query("readingSchedule")
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("A timetable of readings by its id; null when there is none.")
    public Uni<ReadingScheduleView> readingSchedule(@Id @NonNull @Description("The id.") UUID id) {
        return queries.one(READING, id).map(row -> row == null ? null : ReadingScheduleView.of(row));
    }

    @Name("deviceIds")
    @Id
    @NonNull
    @Description("The meters that it names.")
    public Uni<List<List<@NonNull UUID>>> deviceIds(@Source List<ReadingScheduleView> schedules) {
        return Targets.devices(
                shape, schedules.stream().map(ReadingScheduleView::id).toList());
    }

    @Name("spaceIds")
    @Id
    @NonNull
    @Description("The spaces that it names; all below them counts.")
    public Uni<List<List<@NonNull UUID>>> spaceIds(@Source List<ReadingScheduleView> schedules) {
        return Targets.spaces(
                shape, schedules.stream().map(ReadingScheduleView::id).toList());
    }

    @Mutation("createReadingSchedule")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Writes a timetable of readings.")
    public Uni<ReadingScheduleView> create(@Valid @NonNull @Description("The timetable.") ReadingScheduleInput input) {
        return shape.create(TimetableForm.of(input)).map(ReadingScheduleView::of);
    }

    @Mutation("changeReadingSchedule")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Replaces a timetable of readings.")
    public Uni<ReadingScheduleView> change(
            @Id @NonNull @Description("The timetable.") UUID id,
            @Description("The version that the change is based on.") int version,
            @Valid @NonNull @Description("What it shall be.") ReadingScheduleInput input) {
        return shape.change(id, version, TimetableForm.of(input)).map(ReadingScheduleView::of);
    }

    @Mutation("pauseReadingSchedule")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Pauses a timetable of readings. Repeating it changes nothing.")
    public Uni<ReadingScheduleView> pause(@Id @NonNull @Description("The timetable.") UUID id) {
        return put(id, TimetableStatus.PAUSED, "pause");
    }

    @Mutation("resumeReadingSchedule")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Lets a paused timetable of readings run again. Repeating it changes nothing.")
    public Uni<ReadingScheduleView> resume(@Id @NonNull @Description("The timetable.") UUID id) {
        return put(id, TimetableStatus.ACTIVE, "resume");
    }

    @Mutation("deleteReadingSchedule")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Deletes a timetable of readings.")
    public Uni<ReadingScheduleView> delete(@Id @NonNull @Description("The timetable.") UUID id) {
        return put(id, TimetableStatus.DELETED, "delete");
    }

    private Uni<ReadingScheduleView> put(UUID id, TimetableStatus status, String act) {
        return shape.put(id, READING, status, act).map(ReadingScheduleView::of);
    }
}
