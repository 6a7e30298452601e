package cloud.wuye.device.timetable;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of timetables. */
@Type("PowerScheduleConnection")
@Description("A page of timetables, oldest first.")
public class PowerScheduleConnection extends Connection<PowerScheduleView, PowerScheduleConnection.PowerScheduleEdge> {
    PowerScheduleConnection(Page<PowerScheduleView> page) {
        super(page, PowerScheduleEdge::new);
    }

    /** A timetable and its place in the list. */
    @Type("PowerScheduleEdge")
    @Description("A timetable and its place in the list.")
    public static class PowerScheduleEdge extends Edge<PowerScheduleView> {
        PowerScheduleEdge(String cursor, PowerScheduleView node) {
            super(cursor, node);
        }
    }
}
