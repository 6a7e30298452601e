package cloud.wuye.device.timetable;

import cloud.wuye.device.command.CommandOrigin;
import cloud.wuye.device.command.Order;
import cloud.wuye.device.command.SendCommands;
import cloud.wuye.platform.security.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * Use case: asks meters for a reading when their timetable says so. How far a round has come stands in its row; a meter
 * that is asked already is not asked twice.
 */
@ApplicationScoped
public class RunReadingSchedules {
    static final String PURPOSE = "READING";
    private static final UUID FIRST = new UUID(0, 0);
    /** One timetable at a time, and of a large one some thousand meters. */
    private static final int ONE = 1;

    private static final int METERS = 5_000;

    /** Rounds under way at once: while the database writes down the one, the next is made ready. */
    private static final int AT_ONCE = 2;

    /** A reading asked for longer ago would be mistaken for the next one. */
    private static final Duration LIFETIME = Duration.ofHours(1);

    private static final String METERS_AFTER =
            """
            SELECT device_id FROM timetable_device WHERE timetable_id = $1 AND device_class IN ('emeter', 'wmeter')
              AND device_id > $2 ORDER BY device_id LIMIT $3""";

    private final RunDue due;
    private final Timetables timetables;
    private final SendCommands send;

    RunReadingSchedules(RunDue due, Timetables timetables, SendCommands send) {
        this.due = due;
        this.timetables = timetables;
        this.send = send;
    }

    /** Everything that is due now; tells how many meters were asked. */
    public Uni<Integer> now() {
        return due.untilDry(PURPOSE, ONE, AT_ONCE, (tx, rows, now) -> run(tx, rows.get(0), now))
                .invoke(count -> {
                    if (count > 0) {
                        send.hurry();
                    }
                });
    }

    private Uni<Integer> run(SqlConnection tx, TimetableRow row, Instant now) {
        if (row.status() != TimetableStatus.ACTIVE || row.actionAt(now).isEmpty()) {
            return done(tx, row, now).replaceWith(1);
        }
        UUID after = row.progress() == null ? FIRST : row.progress();
        return meters(tx, row.id(), after).flatMap(meters -> {
            List<Order> orders = meters.stream().map(meter -> order(row, meter)).toList();
            return send.queue(tx, row.tenantId(), orders)
                    .chain(() -> meters.size() < METERS
                            ? done(tx, row, now)
                            : timetables.progress(tx, row.id(), meters.get(METERS - 1)))
                    .replaceWith(meters.size() + 1);
        });
    }

    private Uni<Void> done(SqlConnection tx, TimetableRow row, Instant now) {
        return timetables.done(tx, now, List.of(row), Collections.singletonList(ScheduledTime.READ));
    }

    private static Uni<List<UUID>> meters(SqlConnection tx, UUID timetable, UUID after) {
        return tx.preparedQuery(METERS_AFTER)
                .execute(Tuple.of(timetable, after, METERS))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(found -> found.getUUID(0))
                        .toList());
    }

    private static Order order(TimetableRow row, UUID meter) {
        return new Order(
                meter,
                ReadMeters.READ,
                Map.of(),
                CommandOrigin.SCHEDULE,
                Caller.system(row.tenantId()),
                row.name(),
                row.id(),
                null,
                LIFETIME);
    }
}
