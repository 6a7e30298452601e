package cloud.wuye.tariff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.Ids;
import cloud.wuye.tariff.rating.Guessed;
import cloud.wuye.tariff.rating.NotRateable;
import cloud.wuye.tariff.rating.PricePeriod;
import cloud.wuye.tariff.rating.RateUsage;
import cloud.wuye.tariff.rating.RatedLine;
import cloud.wuye.tariff.rating.Tariff;
import cloud.wuye.tariff.rating.Usage;
import cloud.wuye.tariff.rating.Used;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The SQL function gives the engine's lines, to the last digit and microsecond, for whole batches at once. */
class SqlTwinProperty {
    private static TariffDatabase database;
    private static int rated;
    private static int unrated;

    @BeforeContainer
    static void open() {
        database = new TariffDatabase();
    }

    @AfterContainer
    static void close() {
        database.close();
        assertTrue(rated > 5 * unrated, "most of what is compared must be rated: " + rated + ", " + unrated);
        assertTrue(unrated > 0, "what cannot be rated must occur");
    }

    @Property(tries = 400)
    void givesTheEnginesLines(@ForAll long seed) {
        Random random = new Random(seed);
        List<MeterUsage> batch = new ArrayList<>();
        Map<UUID, Tariff> tariffs = new HashMap<>();
        for (int i = 0; i < 3; i++) {
            Guessed guessed = new Guessed(random.nextLong());
            Tariff tariff = guessed.tariff();
            Instant start = guessed.start(tariff);
            UUID plan = database.plan(tariff, start.plus(Duration.ofDays(random.nextInt(20))));
            tariffs.put(plan, tariff);
            for (int j = 0; j < 3; j++) {
                Instant at = random.nextInt(15) == 0 ? start.minus(Duration.ofDays(61)) : start;
                addMeter(batch, guessed, plan, at, random);
            }
        }
        Collections.shuffle(batch, random);

        Map<UUID, List<String>> lines = new HashMap<>();
        for (Row row : database.query(
                "SELECT * FROM " + MeterUsage.CALL, MeterUsage.parameters(database.tenant, batch), row -> row)) {
            UUID meter = batch.get(row.getInteger("usage") - 1).meter();
            lines.computeIfAbsent(meter, first -> new ArrayList<>()).add(shown(row));
        }

        batch.stream().map(MeterUsage::meter).distinct().forEach(meter -> {
            List<MeterUsage> own =
                    batch.stream().filter(each -> each.meter().equals(meter)).toList();
            List<String> expected = expected(tariffs.get(own.get(0).plan()), own);
            List<String> found = new ArrayList<>(lines.getOrDefault(meter, List.of()));
            Collections.sort(found);
            assertEquals(
                    expected, found, () -> own + "\n" + tariffs.get(own.get(0).plan()));
        });
    }

    /** Laying out twice, or anew from a later version, gives the same rows. */
    @Property(tries = 40)
    void layingOutAgainChangesNothing(@ForAll long seed) {
        Random random = new Random(seed);
        Tariff tariff = new Guessed(seed).tariff();
        Instant now = new Guessed(seed).start(tariff);
        UUID plan = database.plan(tariff, now);
        List<String> before = segments(plan);
        assertEquals(
                before.size() > 0,
                database.layOutAgain(
                                plan, tariff, random.nextInt(tariff.versions().size()), now)
                        > 0);
        assertEquals(before, segments(plan));
        // Later it reaches further, and what there was stays.
        database.layOutAgain(plan, tariff, tariff.versions().size() - 1, now.plus(Duration.ofDays(40)));
        assertEquals(before, segments(plan).subList(0, before.size()));
        assertTrue(segments(plan).size() > before.size());
    }

    private static List<String> segments(UUID plan) {
        return database.query(
                "SELECT s::text FROM tariff_segment s WHERE plan_id = $1 ORDER BY from_at",
                Tuple.of(plan),
                row -> row.getString(0));
    }

    private static void addMeter(List<MeterUsage> batch, Guessed guessed, UUID plan, Instant at, Random random) {
        UUID meter = Ids.next();
        Used used = guessed.used();
        boolean counters = random.nextInt(4) == 0;
        for (Usage usage : guessed.usages(at, 4)) {
            if (counters) {
                for (PricePeriod period : List.of(PricePeriod.PEAK, PricePeriod.VALLEY)) {
                    batch.add(new MeterUsage(
                            meter, plan, new Usage(usage.from(), usage.to(), guessed.quantity(), period), used));
                }
            } else {
                batch.add(new MeterUsage(meter, plan, usage, used));
            }
        }
        if (random.nextInt(10) == 0) {
            Usage last = batch.get(batch.size() - 1).usage();
            batch.add(new MeterUsage(meter, plan, Usage.total(last.to(), last.to(), BigDecimal.ONE), used));
        }
    }

    private static List<String> expected(Tariff tariff, List<MeterUsage> own) {
        List<Usage> usages = own.stream().map(MeterUsage::usage).toList();
        List<String> expected = new ArrayList<>();
        try {
            RateUsage.rate(tariff, usages, own.get(0).used()).lines().forEach(line -> expected.add(shown(line)));
            rated++;
        } catch (NotRateable e) {
            usages.forEach(
                    usage -> expected.add("unrated " + usage.from() + " " + usage.to() + " " + usage.quantity()));
            unrated++;
        }
        Collections.sort(expected);
        return expected;
    }

    private static String shown(RatedLine line) {
        return String.join(
                " ",
                line.from().toString(),
                line.to().toString(),
                line.versionId().toString(),
                String.valueOf(line.versionNumber()),
                String.valueOf(line.tier()),
                line.period().name(),
                plain(line.quantity()),
                plain(line.usedBefore()),
                plain(line.energyPrice()),
                plain(line.servicePrice()),
                plain(line.energyAmount()),
                plain(line.serviceAmount()));
    }

    private static String shown(Row row) {
        Instant from = row.getOffsetDateTime("from_at").toInstant();
        Instant to = row.getOffsetDateTime("to_at").toInstant();
        if (row.getUUID("version_id") == null) {
            return "unrated " + from + " " + to + " "
                    + row.getBigDecimal("quantity").setScale(4);
        }
        return String.join(
                " ",
                from.toString(),
                to.toString(),
                row.getUUID("version_id").toString(),
                String.valueOf(row.getInteger("number")),
                String.valueOf(row.getInteger("tier")),
                row.getString("period"),
                plain(row.getBigDecimal("quantity")),
                plain(row.getBigDecimal("used_before")),
                plain(row.getBigDecimal("energy_price")),
                plain(row.getBigDecimal("service_price")),
                plain(row.getBigDecimal("energy_amount")),
                plain(row.getBigDecimal("service_amount")));
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
