package cloud.wuye.device.timetable;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of timetables. */
@Type("ReadingScheduleConnection")
@Description("A page of timetables, oldest first.")
public class ReadingScheduleConnection
        extends Connection<ReadingScheduleView, ReadingScheduleConnection.ReadingScheduleEdge> {
    ReadingScheduleConnection(Page<ReadingScheduleView> page) {
        super(page, ReadingScheduleEdge::new);
    }

    /** A timetable and its place in the list. */
    @Type("ReadingScheduleEdge")
    @Description("A timetable and its place in the list.")
    public static class ReadingScheduleEdge extends Edge<ReadingScheduleView> {
        ReadingScheduleEdge(String cursor, ReadingScheduleView node) {
            super(cursor, node);
        }
    }
}
