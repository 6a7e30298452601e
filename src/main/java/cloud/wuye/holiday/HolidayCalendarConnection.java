package cloud.wuye.holiday;

import cloud.wuye.platform.paging.Connection;
import cloud.wuye.platform.paging.Edge;
import cloud.wuye.platform.paging.Page;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** A page of holiday calendars. */
@Type("HolidayCalendarConnection")
@Description("A page of holiday calendars.")
public class HolidayCalendarConnection
        extends Connection<HolidayCalendarView, HolidayCalendarConnection.HolidayCalendarEdge> {
    HolidayCalendarConnection(Page<HolidayCalendarView> page) {
        super(page, HolidayCalendarEdge::new);
    }

    /** A holiday calendar and its place in the list. */
    @Type("HolidayCalendarEdge")
    @Description("A holiday calendar and its place in the list.")
    public static class HolidayCalendarEdge extends Edge<HolidayCalendarView> {
        HolidayCalendarEdge(String cursor, HolidayCalendarView node) {
            super(cursor, node);
        }
    }
}
