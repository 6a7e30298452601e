package cloud.wuye.device.metering;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What the service spreads over hours, the database would have spread just so: to the last decimal and microsecond. */
class HourSharesProperty {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> ZONES =
            List.of("Asia/Shanghai", "Asia/Kolkata", "America/New_York", "Asia/Kathmandu", "UTC");

    private static MeteringDatabase database;

    @BeforeContainer
    static void open() {
        database = new MeteringDatabase();
    }

    @AfterContainer
    static void close() {
        database.close();
    }

    @Property(tries = 300)
    void givesTheSharesOfTheSqlFunction(@ForAll long seed) {
        Random random = new Random(seed);
        String zone = ZONES.get(random.nextInt(ZONES.size()));
        Instant from = START.plus(random.nextInt(365 * 24 * 4) * 15L, ChronoUnit.MINUTES);
        if (random.nextBoolean()) {
            from = from.plus(random.nextInt(900_000_000), ChronoUnit.MICROS);
        }
        long longest = List.of(60L, 3_600L, 200_000L).get(random.nextInt(3)) * 1_000_000;
        Instant to = from.plus(1 + Math.floorMod(random.nextLong(), longest), ChronoUnit.MICROS);
        if (random.nextInt(3) == 0) {
            to = from.plus((1 + random.nextInt(12)) * 15L, ChronoUnit.MINUTES);
        }
        BigDecimal quantity = BigDecimal.valueOf(random.nextInt(random.nextBoolean() ? 50 : 99_999_999), 4);

        List<String> spread = new ArrayList<>();
        for (CountedHour share : HourShares.of(from, to, quantity, ZoneId.of(zone))) {
            spread.add(shown(share.hour(), share.quantity(), share.coveredMicros(), share.readings()));
        }

        assertEquals(
                database.query(
                        "SELECT hour, share, covered_us, readings FROM meter_shares($1, $2, $3, $4) ORDER BY hour",
                        Tuple.of(from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC), quantity, zone),
                        row -> shown(
                                row.getOffsetDateTime(0).toInstant(),
                                row.getBigDecimal(1),
                                row.getLong(2),
                                row.getInteger(3))),
                spread,
                from + " " + to + " " + quantity + " " + zone);
    }

    private static String shown(Instant hour, BigDecimal quantity, long covered, int readings) {
        return hour + " " + quantity.setScale(4) + " " + covered + " " + readings;
    }
}
