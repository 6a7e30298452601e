package cloud.wuye.device.metering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever the order, the batches, the repetitions and the number of replicas: the same readings end in the same sums,
 * the ones a naive reckoning comes to.
 */
class AnyOrderProperty {
    private static final Instant START = Instant.parse("2026-10-30T15:07:00Z");
    private static MeteringDatabase database;

    @BeforeContainer
    static void open() {
        database = new MeteringDatabase();
    }

    @AfterContainer
    static void close() {
        database.close();
    }

    /** A step in the life of a counter: time passes, it moves, and it may be misread. */
    record Step(int minutes, int used, Misread misread) {}

    enum Misread {
        NO,
        TOO_LOW,
        TOO_HIGH,
        SAME_INSTANT
    }

    record History(String zone, int start, List<Step> steps, long shuffle) {}

    @Property(tries = 120, shrinking = ShrinkingMode.BOUNDED)
    void anyOrderOfArrivalEndsInTheSameSums(@ForAll("histories") List<History> histories) {
        UUID tenant = database.tenant(histories.get(0).zone());
        ZoneId zone = ZoneId.of(histories.get(0).zone());
        Map<UUID, List<RegisterReading>> meters = new HashMap<>();
        List<RegisterReading> deliveries = new ArrayList<>();
        Random random = new Random(histories.get(0).shuffle());
        for (History history : histories) {
            UUID meter = Ids.next();
            List<RegisterReading> readings = readings(tenant, meter, history);
            meters.put(meter, readings);
            deliveries.addAll(readings);
            readings.stream().filter(reading -> random.nextInt(4) == 0).forEach(deliveries::add);
        }
        if (random.nextInt(4) > 0) {
            Collections.shuffle(deliveries, random);
        }

        deliver(batches(deliveries, random), random.nextBoolean());

        meters.forEach((meter, readings) -> {
            NaiveMeter naive = new NaiveMeter(zone, readings);
            assertEquals(naive.judgements, judgements(meter));
            assertEquals(naive.hours, hours(meter));
            assertEquals(naive.days, days(meter));
            assertTrue(hours(meter).values().stream().allMatch(used -> used.signum() >= 0));
        });
    }

    /** A meter is replaced by another while messages of both are still under way; the readings of neither are in order. */
    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void replacementCountsTheSameWheneverItIsEntered(@ForAll("histories") List<History> histories) {
        UUID tenant = database.tenant(histories.get(0).zone());
        ZoneId zone = ZoneId.of(histories.get(0).zone());
        Random random = new Random(histories.get(0).shuffle());
        UUID old = database.meter(tenant);
        UUID next = database.meter(tenant);
        List<RegisterReading> ofOld = readings(tenant, old, histories.get(0));
        List<RegisterReading> ofNext = readings(tenant, next, histories.get(histories.size() - 1));
        Instant at = ofOld.get(random.nextInt(ofOld.size())).at().plusSeconds(random.nextInt(3) * 30L);
        BigDecimal last = ofOld.stream()
                .filter(reading -> !reading.at().isAfter(at))
                .reduce((a, b) -> b)
                .orElseThrow()
                .value();
        BigDecimal first = ofNext.stream()
                .filter(reading -> reading.at().isAfter(at))
                .findFirst()
                .map(RegisterReading::value)
                .orElse(BigDecimal.ZERO);
        BigDecimal ratio = new BigDecimal("7.5");
        List<RegisterReading> deliveries = new ArrayList<>(ofOld);
        deliveries.addAll(ofNext);
        Collections.shuffle(deliveries, random);
        int entered = random.nextInt(deliveries.size() + 1);
        database.clock.set(START.plus(Duration.ofDays(34)));

        deliver(batches(deliveries.subList(0, entered), random), false);
        database.replace(tenant, old, next, at, last, first, ratio);
        deliver(batches(deliveries.subList(entered, deliveries.size()), random), random.nextBoolean());

        List<RegisterReading> closed = new ArrayList<>(
                ofOld.stream().filter(reading -> !reading.at().isAfter(at)).toList());
        closed.add(mark(tenant, old, 0xfffe, last, at));
        List<RegisterReading> opened = new ArrayList<>(List.of(mark(tenant, next, 0, first, at)));
        opened.addAll(
                ofNext.stream().filter(reading -> reading.at().isAfter(at)).toList());
        SortedMap<Instant, BigDecimal> expected = new TreeMap<>(new NaiveMeter(zone, closed).hours);
        new NaiveMeter(zone, opened, ratio).hours.forEach((hour, used) -> expected.merge(hour, used, BigDecimal::add));
        assertEquals(
                expected,
                hoursAt(old),
                () -> "replaced at " + at + ", " + entered + " of " + deliveries + "\n" + judgements(old) + "\n"
                        + judgements(next));
        List<RegisterReading> own =
                ofNext.stream().filter(reading -> !reading.at().isAfter(at)).toList();
        assertEquals(new NaiveMeter(zone, own).hours, hoursAt(next));
        assertEquals(sum(hoursAt(old)).add(sum(hoursAt(next))), sum(days(old)).add(sum(days(next))));
    }

    private static RegisterReading mark(UUID tenant, UUID meter, long rank, BigDecimal counter, Instant at) {
        UUID event = new UUID(rank << 48, 0);
        return new RegisterReading(
                tenant, meter, MeterRegister.TOTAL, event, counter, at, at, at, false, ReadingOrigin.FINAL, null);
    }

    private static BigDecimal sum(SortedMap<?, BigDecimal> used) {
        return used.values().stream().reduce(BigDecimal.ZERO.setScale(4), BigDecimal::add);
    }

    private static SortedMap<Instant, BigDecimal> hoursAt(UUID servicePoint) {
        SortedMap<Instant, BigDecimal> hours = new TreeMap<>();
        database.query(
                "SELECT hour, sum(quantity) AS quantity FROM consumption_by_hour"
                        + " WHERE service_point_id = $1 AND (covered_us > 0 OR readings > 0) GROUP BY hour",
                Tuple.of(servicePoint),
                row -> hours.put(
                        row.getOffsetDateTime("hour").toInstant(),
                        row.getBigDecimal("quantity").setScale(4)));
        return hours;
    }

    @Provide
    Arbitrary<List<History>> histories() {
        Arbitrary<Step> steps = Combinators.combine(
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(8, Arbitraries.integers().between(1, 70)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(120, 4000))),
                        Arbitraries.integers().between(0, 9000),
                        Arbitraries.frequency(
                                net.jqwik.api.Tuple.of(12, Misread.NO),
                                net.jqwik.api.Tuple.of(1, Misread.TOO_LOW),
                                net.jqwik.api.Tuple.of(1, Misread.TOO_HIGH),
                                net.jqwik.api.Tuple.of(1, Misread.SAME_INSTANT)))
                .as(Step::new);
        return Combinators.combine(
                        Arbitraries.of("Asia/Shanghai", "Asia/Kolkata", "America/New_York", "UTC"),
                        Arbitraries.oneOf(
                                Arbitraries.integers().between(0, 100),
                                Arbitraries.integers().between(999_900, 999_999)),
                        steps.list().ofMinSize(1).ofMaxSize(40),
                        Arbitraries.longs())
                .as(History::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    private static List<RegisterReading> readings(UUID tenant, UUID meter, History history) {
        List<RegisterReading> readings = new ArrayList<>();
        Instant at = START;
        BigDecimal counter = new BigDecimal(history.start());
        for (Step step : history.steps()) {
            if (step.misread() != Misread.SAME_INSTANT) {
                at = at.plus(Duration.ofMinutes(step.minutes()));
            }
            counter = counter.add(BigDecimal.valueOf(step.used(), 4).multiply(BigDecimal.valueOf(step.minutes())))
                    .remainder(new BigDecimal(1_000_000));
            BigDecimal value =
                    switch (step.misread()) {
                        case TOO_LOW -> counter.divideToIntegralValue(BigDecimal.valueOf(3));
                        case TOO_HIGH -> counter.add(new BigDecimal(20_000));
                        default -> counter;
                    };
            readings.add(new RegisterReading(
                    tenant,
                    meter,
                    MeterRegister.TOTAL,
                    Ids.next(),
                    value.setScale(4),
                    at,
                    at,
                    at,
                    false,
                    ReadingOrigin.PUSHED,
                    null));
        }
        return readings;
    }

    private static List<List<RegisterReading>> batches(List<RegisterReading> deliveries, Random random) {
        List<List<RegisterReading>> batches = new ArrayList<>();
        for (int i = 0; i < deliveries.size(); ) {
            int size = 1 + random.nextInt(random.nextBoolean() ? 3 : 60);
            batches.add(deliveries.subList(i, Math.min(deliveries.size(), i + size)));
            i += size;
        }
        return batches;
    }

    /** One after the other, or all at once as from several replicas. */
    private static void deliver(List<List<RegisterReading>> batches, boolean atOnce) {
        if (!atOnce) {
            batches.forEach(database::store);
            return;
        }
        List<Uni<Recorded>> all = batches.stream()
                .map(batch -> database.cross.withTransaction(tx -> database.recordReadings.store(tx, batch)))
                .toList();
        Uni.join().all(all).andFailFast().await().indefinitely();
    }

    private static List<String> judgements(UUID meter) {
        return database.query(
                "SELECT read_at, value, quality, finding FROM meter_reading WHERE device_id = $1 ORDER BY read_at, event_id",
                Tuple.of(meter),
                row -> row.getOffsetDateTime("read_at").toInstant() + " "
                        + row.getBigDecimal("value").stripTrailingZeros().toPlainString() + " "
                        + row.getString("quality") + " " + row.getString("finding"));
    }

    private static SortedMap<Instant, BigDecimal> hours(UUID meter) {
        SortedMap<Instant, BigDecimal> hours = new TreeMap<>();
        database.query(
                "SELECT hour, sum(quantity) AS quantity FROM consumption_by_hour"
                        + " WHERE device_id = $1 AND (covered_us > 0 OR readings > 0) GROUP BY hour",
                Tuple.of(meter),
                row -> hours.put(
                        row.getOffsetDateTime("hour").toInstant(),
                        row.getBigDecimal("quantity").setScale(4)));
        return hours;
    }

    private static SortedMap<LocalDate, BigDecimal> days(UUID meter) {
        SortedMap<LocalDate, BigDecimal> days = new TreeMap<>();
        database.query(
                "SELECT day, sum(quantity) AS quantity FROM consumption_by_day"
                        + " WHERE device_id = $1 AND (covered_us > 0 OR readings > 0) GROUP BY day",
                Tuple.of(meter),
                row -> days.put(
                        row.getLocalDate("day"), row.getBigDecimal("quantity").setScale(4)));
        return days;
    }
}
