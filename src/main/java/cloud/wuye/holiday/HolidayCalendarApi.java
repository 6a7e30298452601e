package cloud.wuye.holiday;

import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import java.util.List;
import java.util.UUID;
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
    @Description("The company's holiday calendars, by name.")
    public Uni<List<@NonNull HolidayCalendarView>> holidayCalendars() {
        return calendars.all();
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
