package cloud.wuye.device.metering;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.platform.Ids;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MonthsAheadTest {
    private static final Instant FAR = Instant.parse("2031-01-31T23:50:00Z");
    private static MeteringDatabase database;

    @BeforeAll
    static void open() {
        database = new MeteringDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void readingsOfAMonthNobodyMadeWaitInTheDefaultPartitionAndMoveOut() {
        UUID tenant = database.tenant("Asia/Shanghai");
        UUID meter = Ids.next();
        database.store(List.of(reading(tenant, meter, FAR, 1), reading(tenant, meter, FAR.plusSeconds(1200), 2)));
        assertEquals(List.of("meter_reading_default", "meter_reading_default"), partitions(meter));

        int made = make();

        assertEquals(6, made);
        assertEquals(List.of("meter_reading_203101", "meter_reading_203102"), partitions(meter));
        assertEquals(0, make());
    }

    @Test
    void aMessageDeliveredAgainInTheNextMonthIsNotStoredTwice() {
        UUID tenant = database.tenant("Asia/Shanghai");
        UUID meter = Ids.next();
        Instant at = Instant.parse("2026-10-31T23:59:50Z");
        RegisterReading first = reading(tenant, meter, at, 10);
        RegisterReading again = received(first, at.plus(Duration.ofDays(9)), false, at);
        assertEquals(1, database.store(List.of(first)).stored());
        assertEquals(0, database.store(List.of(again)).stored());
        assertEquals(3, database.store(List.of(again, first, again)).repeated());
    }

    /** A clock that runs ahead is not believed at first; when the message comes again its time has passed. */
    @Test
    void aMessageWhoseClockWasDoubtedIsKnownAgainWhateverItsTime() {
        UUID tenant = database.tenant("Asia/Shanghai");
        UUID meter = Ids.next();
        Instant arrival = Instant.parse("2026-10-31T23:50:00Z");
        RegisterReading ahead = reading(tenant, meter, arrival.plusSeconds(1200), 10);
        RegisterReading doubted = received(ahead, arrival, true, arrival);
        RegisterReading doubtedAgain = received(ahead, arrival.plusSeconds(60), true, arrival.plusSeconds(60));
        RegisterReading believed = received(ahead, arrival.plusSeconds(7200), false, ahead.deviceTime());

        assertEquals(1, database.store(List.of(doubted)).stored());
        assertEquals(0, database.store(List.of(doubtedAgain)).stored());
        assertEquals(0, database.store(List.of(believed)).stored());

        RegisterReading late = reading(tenant, meter, arrival.minus(Duration.ofDays(40)), 9);
        assertEquals(1, database.store(List.of(late)).stored());
        assertEquals(
                0,
                database.store(List.of(received(late, arrival, true, arrival))).stored());
    }

    @Test
    void whatChangesASettledDayIsWrittenDownAsACorrection() {
        UUID tenant = database.tenant("Asia/Shanghai");
        UUID meter = Ids.next();
        Instant morning = Instant.parse("2026-11-03T00:00:00Z");
        database.store(List.of(
                reading(tenant, meter, morning, 100), reading(tenant, meter, morning.plus(Duration.ofDays(2)), 148)));
        database.cross
                .preparedQuery("UPDATE meter_state SET closed_before = '2026-11-05' WHERE device_id = $1")
                .execute(Tuple.of(meter))
                .await()
                .indefinitely();
        database.store(List.of(reading(tenant, meter, morning.plus(Duration.ofHours(16)), 140)));
        assertEquals(
                List.of("2026-11-03 24.0000", "2026-11-04 -18.0000"),
                database.query(
                        "SELECT day, quantity FROM consumption_correction WHERE device_id = $1 ORDER BY day",
                        Tuple.of(meter),
                        row -> row.getLocalDate("day") + " " + row.getBigDecimal("quantity")));
    }

    private static RegisterReading reading(UUID tenant, UUID meter, Instant at, int counter) {
        return new RegisterReading(
                tenant,
                meter,
                MeterRegister.TOTAL,
                Ids.next(),
                new BigDecimal(counter),
                at,
                at,
                at,
                false,
                ReadingOrigin.PUSHED,
                null);
    }

    private static RegisterReading received(RegisterReading reading, Instant receivedAt, boolean doubted, Instant at) {
        return new RegisterReading(
                reading.tenantId(),
                reading.deviceId(),
                reading.register(),
                reading.eventId(),
                reading.value(),
                at,
                receivedAt,
                reading.deviceTime(),
                doubted,
                reading.origin(),
                null);
    }

    private static int make() {
        return database.query(
                        "SELECT make_months('meter_reading', $1, $2) + make_months('consumption_hour', $1, $2)"
                                + " + make_months('rated_line', $1, $2) AS made",
                        Tuple.of(
                                FAR.atOffset(java.time.ZoneOffset.UTC),
                                FAR.plus(Duration.ofDays(2)).atOffset(java.time.ZoneOffset.UTC)),
                        row -> row.getInteger("made"))
                .get(0);
    }

    private static List<String> partitions(UUID meter) {
        return database.query(
                "SELECT tableoid::regclass::text AS leaf FROM meter_reading WHERE device_id = $1 ORDER BY read_at",
                Tuple.of(meter),
                row -> row.getString("leaf"));
    }
}
