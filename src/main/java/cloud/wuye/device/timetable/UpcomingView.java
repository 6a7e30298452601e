package cloud.wuye.device.timetable;

import cloud.wuye.device.supply.SwitchState;
import java.time.Instant;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A switching time to come. */
@Type("UpcomingSwitching")
@Description("A switching time to come.")
public record UpcomingView(
        @NonNull @Description("When.") Instant at,
        @NonNull @Description("The local time it stands for, `yyyy-MM-ddTHH:mm`.") String localTime,
        @NonNull @Description("What the devices become.") SwitchState action) {
    static UpcomingView of(Timetable.Moment<String> moment) {
        return new UpcomingView(moment.at(), moment.local().toString(), SwitchState.valueOf(moment.action()));
    }
}
