package cloud.wuye.device.timetable;

import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;

/** Which timetables a list shows; absent fields filter nothing. */
@Input("TimetableFilterInput")
@Description("Which timetables a list shows. Absent fields filter nothing.")
public record TimetableFilterInput(
        @Id @Description("Only those that concern this device now, by name or by its space.") UUID deviceId,
        @Description("Only those in this status.") TimetableStatus status,
        @Description("Only those whose name contains this.") String search) {
    static final TimetableFilterInput NONE = new TimetableFilterInput(null, null, null);
}
