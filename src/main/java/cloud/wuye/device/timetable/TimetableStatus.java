package cloud.wuye.device.timetable;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import org.eclipse.microprofile.graphql.Description;

/** Whether a timetable runs. */
@Description("Whether a timetable runs.")
public enum TimetableStatus {
    @Description("It runs.")
    ACTIVE,
    @Description("It does nothing and keeps nothing off.")
    PAUSED,
    @Description("It is gone; only the log knows it.")
    DELETED;

    /** The status after; what is gone stays gone, anything else may be repeated. */
    TimetableStatus to(TimetableStatus next) {
        if (this == DELETED) {
            throw new Problem(ProblemCode.ILLEGAL_STATE, null, this);
        }
        return next;
    }
}
