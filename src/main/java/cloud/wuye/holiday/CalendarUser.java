package cloud.wuye.holiday;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.UUID;

/** A feature whose things mean holiday calendars. Called inside the transaction that changes the calendar. */
public interface CalendarUser {
    /** The name of something in use that means this calendar, which therefore stays; empty when there is none. */
    Uni<Optional<String>> inUse(SqlConnection tx, UUID calendar);

    /** The calendar has new days. */
    Uni<Void> changed(SqlConnection tx, UUID calendar);

    /** The calendar goes; nothing in use means it. */
    Uni<Void> forget(SqlConnection tx, UUID calendar);
}
