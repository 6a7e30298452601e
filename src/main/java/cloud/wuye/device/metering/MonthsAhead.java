package cloud.wuye.device.metering;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Makes the partitions of the months to come, well before the first reading falls into them. Were it to sleep for that
 * long, readings would go to the default partition, and move out of it when it wakes.
 */
@ApplicationScoped
class MonthsAhead {
    private static final String MAKE =
            "SELECT make_months('meter_reading', $1, $2) + make_months('consumption_hour', $1, $2)"
                    + " + make_months('rated_line', $1, $2) AS made";

    private final Db db;
    private final Clock clock;
    private final MeteringConfig config;

    MonthsAhead(Db db, Clock clock, MeteringConfig config) {
        this.db = db;
        this.clock = clock;
        this.config = config;
    }

    /** Makes what is missing; gives how many partitions it made. */
    Uni<Integer> make() {
        OffsetDateTime now = clock.now().atOffset(ZoneOffset.UTC);
        return db.acrossTenants("partitions of the months to come", connection -> connection
                .preparedQuery(MAKE)
                .execute(Tuple.of(now, now.plusMonths(config.monthsAhead() + 1L)))
                .map(rows -> rows.iterator().next().getInteger("made")));
    }
}
