package cloud.wuye.device.timetable;

import org.eclipse.microprofile.graphql.Description;

/** What becomes of times that were missed because the service was down or the timetable paused. */
@Description("What becomes of times that were missed because the service was down or the timetable paused.")
public enum Misfire {
    @Description("The state that the timetable says should hold now is set, once, however many times were missed; "
            + "also when the timetable is created, changed or resumed.")
    RUN_LATEST,
    @Description("A time missed by more than five minutes does nothing; the next one counts.")
    SKIP
}
