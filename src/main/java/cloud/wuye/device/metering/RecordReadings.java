package cloud.wuye.device.metering;

import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Stores readings: each once, judged, counted into hours and days, whatever order they come in and however often. One
 * statement for the whole batch, after one that locks its counters; both go out together, so a batch costs one round trip.
 */
@ApplicationScoped
public class RecordReadings {
    private static final String HOLD = Statement.named("hold-counters");
    private static final String RECORD = Statement.named("record-readings");

    private final MeteringConfig config;
    private final Clock clock;

    RecordReadings(MeteringConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /**
     * Stores a batch inside the caller's transaction.
     *
     * @param readings of any meters and, with a connection that sees across tenants, of any tenants; in any order
     */
    public Uni<Recorded> store(SqlClient tx, List<RegisterReading> readings) {
        if (readings.isEmpty()) {
            return Uni.createFrom().item(Recorded.NOTHING);
        }
        Collection<RegisterReading> batch = once(readings);
        BigDecimal capacity = BigDecimal.TEN.pow(config.registerDigits());
        Uni<?> hold = tx.preparedQuery(HOLD).execute(Tuple.from(new Object[] {
            column(batch, UUID.class, RegisterReading::tenantId),
            column(batch, UUID.class, RegisterReading::deviceId),
            column(batch, String.class, reading -> reading.register().name()),
            capacity,
            config.maxPerHour()
        }));
        Uni<RowSet<Row>> record = tx.preparedQuery(RECORD).execute(columns(batch, capacity));
        return Uni.combine()
                .all()
                .unis(hold, record)
                .with((held, rows) -> recorded(rows.iterator().next(), readings.size()));
    }

    /** The plan of the storing statement with its figures, having run it. */
    Uni<List<String>> explain(SqlClient tx, List<RegisterReading> readings) {
        Collection<RegisterReading> batch = once(readings);
        return tx.preparedQuery("EXPLAIN (ANALYZE, BUFFERS) " + RECORD)
                .execute(columns(batch, BigDecimal.TEN.pow(config.registerDigits())))
                .map(rows -> java.util.stream.StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString(0))
                        .toList());
    }

    private static Collection<RegisterReading> once(List<RegisterReading> readings) {
        Map<Object, RegisterReading> first = new LinkedHashMap<>(readings.size() * 2);
        readings.forEach(reading -> first.putIfAbsent(reading.identity(), reading));
        return first.values();
    }

    private Tuple columns(Collection<RegisterReading> batch, BigDecimal capacity) {
        return Tuple.from(new Object[] {
            column(batch, UUID.class, RegisterReading::tenantId),
            column(batch, UUID.class, RegisterReading::deviceId),
            column(batch, String.class, reading -> reading.register().name()),
            column(batch, UUID.class, RegisterReading::eventId),
            column(batch, BigDecimal.class, RegisterReading::value),
            column(batch, OffsetDateTime.class, reading -> utc(reading.at())),
            column(batch, OffsetDateTime.class, reading -> utc(reading.receivedAt())),
            column(batch, OffsetDateTime.class, reading -> utc(reading.deviceTime())),
            column(batch, Boolean.class, RegisterReading::clockDoubted),
            column(batch, String.class, reading -> reading.origin().name()),
            capacity,
            config.maxPerHour(),
            utc(clock.now()),
            column(batch, String.class, RegisterReading::reason)
        });
    }

    @SuppressWarnings("unchecked")
    private static <T> T[] column(
            Collection<RegisterReading> batch, Class<T> type, Function<RegisterReading, T> value) {
        T[] column = (T[]) java.lang.reflect.Array.newInstance(type, batch.size());
        int i = 0;
        for (RegisterReading reading : batch) {
            column[i++] = value.apply(reading);
        }
        return column;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Recorded recorded(Row row, int given) {
        int stored = row.getInteger("stored");
        JsonArray suspects = row.get(JsonArray.class, "suspects");
        return new Recorded(
                stored,
                given - stored,
                row.getInteger("revised"),
                suspects == null
                        ? List.of()
                        : suspects.stream()
                                .map(JsonObject.class::cast)
                                .map(RecordReadings::suspect)
                                .toList());
    }

    private static Recorded.Suspect suspect(JsonObject found) {
        return new Recorded.Suspect(
                UUID.fromString(found.getString("device")),
                MeterRegister.valueOf(found.getString("register")),
                OffsetDateTime.parse(found.getString("at")).toInstant(),
                ReadingFinding.valueOf(found.getString("finding")));
    }
}
