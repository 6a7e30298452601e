package cloud.wuye.device.metering;

import cloud.wuye.platform.retention.OldRows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Whole months of readings. Not removed unless asked for: they are what every bill rests on. */
@ApplicationScoped
class OldReadings implements OldRows {
    @Override
    public String kind() {
        return "meter-readings";
    }

    @Override
    public Duration least() {
        return Duration.ofDays(400);
    }

    /** Drops one month at a time: a partition is detached and gone, no row is touched. */
    @Override
    public Uni<Integer> forget(SqlConnection tx, Instant before, int atMost) {
        return tx.preparedQuery("SELECT drop_month('meter_reading', $1) AS gone")
                .execute(Tuple.of(before.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next().getInteger("gone"));
    }
}
