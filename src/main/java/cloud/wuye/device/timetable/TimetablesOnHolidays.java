package cloud.wuye.device.timetable;

import cloud.wuye.holiday.CalendarUser;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** What timetables make of holiday calendars: a change lets the ticker look anew at those that mean it. */
@ApplicationScoped
class TimetablesOnHolidays implements CalendarUser {
    /** Whatever ran by the old days is due now: it looks what should hold, and when it is due next. */
    private static final String LOOK_ANEW =
            """
            UPDATE timetable SET next_due_at = $2 WHERE calendar_id = $1 AND status = 'ACTIVE'
              AND purpose = 'POWER' AND misfire = 'RUN_LATEST'""";

    private final Timetables timetables;
    private final Clock clock;

    TimetablesOnHolidays(Timetables timetables, Clock clock) {
        this.timetables = timetables;
        this.clock = clock;
    }

    @Override
    public Uni<Optional<String>> inUse(SqlConnection tx, UUID calendar) {
        return tx.preparedQuery("SELECT name FROM timetable WHERE calendar_id = $1 AND status <> 'DELETED' LIMIT 1")
                .execute(Tuple.of(calendar))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getString(0)));
    }

    @Override
    public Uni<Void> changed(SqlConnection tx, UUID calendar) {
        var now = clock.now();
        return tx.preparedQuery(LOOK_ANEW)
                .execute(Tuple.of(calendar, now.atOffset(ZoneOffset.UTC)))
                .chain(() -> timetables.ofCalendar(tx, calendar))
                .flatMap(rows -> {
                    Uni<Void> all = Uni.createFrom().voidItem();
                    for (TimetableRow row : rows) {
                        boolean atOnce =
                                row.nextDueAt() != null && row.nextDueAt().equals(now);
                        if (!atOnce) {
                            all = all.chain(() -> timetables.setDue(tx, row.id(), row.nextAfter(now)));
                        }
                    }
                    return all;
                });
    }

    @Override
    public Uni<Void> forget(SqlConnection tx, UUID calendar) {
        return tx.preparedQuery("UPDATE timetable SET calendar_id = NULL WHERE calendar_id = $1")
                .execute(Tuple.of(calendar))
                .replaceWithVoid();
    }
}
