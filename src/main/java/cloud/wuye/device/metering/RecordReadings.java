package cloud.wuye.device.metering;

import static cloud.wuye.platform.db.Columns.column;
import static cloud.wuye.platform.db.Columns.numbers;
import static cloud.wuye.platform.db.Columns.texts;
import static cloud.wuye.platform.db.Columns.times;
import static cloud.wuye.platform.db.Columns.utc;
import static cloud.wuye.platform.db.Columns.uuids;

import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.BatchPrices;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stores readings: each once, judged, counted into hours and days, charged, whatever order they come in and however often. The
 * batch's counters are locked and read; what is plain is judged and rated here and written by one statement for the whole batch,
 * and what is not is judged by the database, in one statement again.
 */
@ApplicationScoped
public class RecordReadings {
    private static final String HOLD = Statement.named("hold-counters");
    private static final String STATES = Statement.named("counter-states");
    private static final String POINTS = Statement.named("charged-points");
    private static final String HOLD_POINTS = Statement.named("hold-points");
    private static final String CLOSE_HOURS = Statement.named("close-hours");
    private static final String RECORD = Statement.named("record-readings");
    /** How many counters are remembered to have a row: some 30 MB. */
    private static final int KNOWN = 200_000;

    private final MeteringConfig config;
    private final Clock clock;
    private final Set<Counter> known = ConcurrentHashMap.newKeySet();

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
        Map<Counter, List<RegisterReading>> batch = byCounter(readings);
        return divide(tx, batch).chain(divided -> {
            int plain = divided.plain().size();
            return record(tx, divided)
                    .map(recorded -> new Recorded(
                            recorded.stored() + plain,
                            readings.size() - recorded.stored() - plain,
                            recorded.revised(),
                            recorded.suspects()));
        });
    }

    private Uni<Recorded> record(SqlClient tx, Divided divided) {
        Set<Counter> odd = new HashSet<>();
        divided.odd().forEach(reading -> odd.add(Counter.of(reading)));
        Set<Counter> meeting = new HashSet<>(divided.plain().shared());
        meeting.addAll(odd);
        Uni<?> held = meeting.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(HOLD_POINTS).execute(keys(meeting));
        return held.chain(() -> divided.plain().record(tx, clock.now()))
                .chain(() ->
                        odd.isEmpty() ? Uni.createFrom().item(Recorded.NOTHING) : recordOdd(tx, odd, divided.odd()));
    }

    private record Divided(PlainBatch plain, List<RegisterReading> odd) {}

    /** Holds the counters, and tells what is plain of what is not. */
    private Uni<Divided> divide(SqlClient tx, Map<Counter, List<RegisterReading>> batch) {
        return states(tx, batch.keySet()).chain(states -> {
            List<RegisterReading> odd = new ArrayList<>();
            List<PlainReadings> plain = new ArrayList<>(batch.size());
            batch.forEach((counter, readings) -> {
                PlainReadings judged = PlainReadings.judge(states.get(counter), readings);
                if (judged == null) {
                    odd.addAll(readings);
                } else {
                    plain.add(judged);
                }
            });
            return charge(tx, plain, odd).map(written -> new Divided(written, odd));
        });
    }

    /** Rates what somebody pays for; where that is not plain, the readings are not. */
    private static Uni<PlainBatch> charge(SqlClient tx, List<PlainReadings> plain, List<RegisterReading> odd) {
        return points(tx, plain).chain(points -> {
            Map<UUID, BatchPrices.Wanted> wanted = new HashMap<>();
            for (PlainReadings each : plain) {
                ChargedPoint point = payer(points, each);
                if (point != null && point.goesOnWith(each)) {
                    wanted.merge(point.planId(), point.wanted(each), BatchPrices.Wanted::and);
                }
            }
            return BatchPrices.of(tx, wanted.values()).map(prices -> {
                PlainBatch batch = new PlainBatch();
                for (PlainReadings each : plain) {
                    ChargedPoint point = payer(points, each);
                    ChargedPoint.Charge charge =
                            point != null && point.goesOnWith(each) ? point.charge(each, prices) : null;
                    if (point == null || charge != null) {
                        batch.add(each, charge);
                    } else {
                        odd.addAll(each.readings());
                    }
                }
                return batch;
            });
        });
    }

    private static ChargedPoint payer(Map<UUID, ChargedPoint> points, PlainReadings readings) {
        ChargedPoint point = points.get(readings.state().servicePointId());
        return point != null && point.register() == readings.state().counter().register() ? point : null;
    }

    private static Uni<Map<UUID, ChargedPoint>> points(SqlClient tx, List<PlainReadings> plain) {
        if (plain.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        Map<UUID, UUID> tenants = new LinkedHashMap<>(plain.size() * 2);
        plain.forEach(each -> tenants.put(
                each.state().servicePointId(), each.state().counter().tenantId()));
        return tx.preparedQuery(POINTS)
                .execute(Tuple.of(
                        tenants.values().toArray(UUID[]::new), tenants.keySet().toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, ChargedPoint> points = new HashMap<>(rows.size() * 2);
                    rows.forEach(row -> points.put(row.getUUID(1), ChargedPoint.of(row)));
                    return points;
                });
    }

    /**
     * Holds the counters. Those that were never read are made first, all together in one order with the others: locked in two
     * goes, two batches could wait for each other.
     */
    private Uni<Map<Counter, CounterState>> states(SqlClient tx, Set<Counter> counters) {
        return known.containsAll(counters)
                ? read(tx, counters)
                        .chain(found -> found.size() == counters.size()
                                ? Uni.createFrom().item(found)
                                : hold(tx, counters).chain(() -> read(tx, counters)))
                : hold(tx, counters).chain(() -> read(tx, counters));
    }

    private Uni<Map<Counter, CounterState>> read(SqlClient tx, Set<Counter> counters) {
        return tx.preparedQuery(STATES).execute(keys(counters)).map(rows -> {
            Map<Counter, CounterState> states = new HashMap<>(rows.size() * 2);
            for (Row row : rows) {
                CounterState state = CounterState.of(row);
                states.put(state.counter(), state);
            }
            remember(states.values());
            return states;
        });
    }

    private Uni<?> hold(SqlClient tx, Set<Counter> counters) {
        Tuple keys = keys(counters);
        return tx.preparedQuery(HOLD)
                .execute(Tuple.of(
                        keys.getValue(0),
                        keys.getValue(1),
                        keys.getValue(2),
                        BigDecimal.TEN.pow(config.registerDigits()),
                        config.maxPerHour()));
    }

    /** Only those that were read before: a row which this transaction made is nobody else's to see yet. */
    private void remember(Collection<CounterState> states) {
        if (known.size() > KNOWN) {
            known.clear();
        }
        for (CounterState state : states) {
            if (state.newestAt() != null) {
                known.add(state.counter());
            }
        }
    }

    private Uni<Recorded> recordOdd(SqlClient tx, Set<Counter> counters, List<RegisterReading> odd) {
        Uni<?> close = tx.preparedQuery(CLOSE_HOURS).execute(keys(counters));
        Uni<RowSet<Row>> record =
                tx.preparedQuery(RECORD).execute(columns(odd, BigDecimal.TEN.pow(config.registerDigits())));
        return Uni.combine()
                .all()
                .unis(close, record)
                .with((closed, rows) -> recorded(rows.iterator().next(), odd.size()));
    }

    /** Holds the counters of these readings, and tells what the storing statement of plain ones is given for them. */
    Uni<Tuple> plain(SqlClient tx, List<RegisterReading> readings) {
        return divide(tx, byCounter(readings)).map(divided -> divided.plain().columns(clock.now()));
    }

    /** Each reading once. */
    private static Map<Counter, List<RegisterReading>> byCounter(List<RegisterReading> readings) {
        Map<Counter, List<RegisterReading>> batch = new LinkedHashMap<>(readings.size() * 2);
        for (RegisterReading reading : readings) {
            List<RegisterReading> of = batch.computeIfAbsent(Counter.of(reading), counter -> new ArrayList<>(1));
            if (of.stream().noneMatch(reading::isSame)) {
                of.add(reading);
            }
        }
        return batch;
    }

    private static Tuple keys(Set<Counter> counters) {
        return Tuple.of(
                uuids(counters, Counter::tenantId),
                uuids(counters, Counter::deviceId),
                texts(counters, counter -> counter.register().name()));
    }

    private Tuple columns(Collection<RegisterReading> batch, BigDecimal capacity) {
        return Tuple.from(new Object[] {
            uuids(batch, RegisterReading::tenantId),
            uuids(batch, RegisterReading::deviceId),
            texts(batch, reading -> reading.register().name()),
            uuids(batch, RegisterReading::eventId),
            numbers(batch, RegisterReading::value),
            times(batch, RegisterReading::at),
            times(batch, RegisterReading::receivedAt),
            times(batch, RegisterReading::deviceTime),
            column(batch, Boolean[]::new, RegisterReading::clockDoubted),
            texts(batch, reading -> reading.origin().name()),
            capacity,
            config.maxPerHour(),
            utc(clock.now()),
            texts(batch, RegisterReading::reason)
        });
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
