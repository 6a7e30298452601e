package cloud.wuye.holiday;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** Which holiday calendars a list shows; absent fields filter nothing. */
@Input("HolidayCalendarFilterInput")
@Description("Which holiday calendars a list shows. Absent fields filter nothing.")
public record HolidayCalendarFilterInput(@Description("Only those whose name contains this.") String search) {
    static final HolidayCalendarFilterInput NONE = new HolidayCalendarFilterInput(null);
}
