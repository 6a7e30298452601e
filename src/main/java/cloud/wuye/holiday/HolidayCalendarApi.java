package cloud.wuye.holiday;

import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** The GraphQL door to holiday calendars. */
@GraphQLApi
public class HolidayCalendarApi {
    private final HolidayCalendars calendars;

    HolidayCalendarApi(HolidayCalendars calendars) {
        this.calendars = calendars;
    }

    @Query("holidayCalendars")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("The company's holiday calendars.")
    public Uni<HolidayCalendarConnection> holidayCalendars(
            @Description("Which calendars.") HolidayCalendarFilterInput filter,
            @DefaultValue("NAME") @Description("What to order by.") HolidayCalendarSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return calendars
                .page(
                        filter == null ? HolidayCalendarFilterInput.NONE : filter,
                        ListSort.order(sort, HolidayCalendarSort.NAME, direction),
                        PageInput.of(first, after))
                .map(HolidayCalendarConnection::new);
    }

    @Mutation("createHolidayCalendar")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Writes a holiday calendar.")
    public Uni<HolidayCalendarView> create(@Valid @NonNull @Description("The calendar.") HolidayCalendarInput input) {
        return calendars.create(input);
    }

    @Mutation("changeHolidayCalendar")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Replaces a holiday calendar; the timetables that mean it follow within seconds.")
    public Uni<HolidayCalendarView> change(
            @Id @NonNull @Description("The calendar.") UUID id,
            @Description("The version that the change is based on.") int version,
            @Valid @NonNull @Description("What it shall be.") HolidayCalendarInput input) {
        return calendars.change(id, version, input);
    }

    @Mutation("deleteHolidayCalendar")
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.TECHNICIAN})
    @Description("Deletes a holiday calendar. ILLEGAL_STATE while a timetable means it.")
    public Uni<HolidayCalendarView> delete(@Id @NonNull @Description("The calendar.") UUID id) {
        return calendars.delete(id);
    }
}
