package cloud.wuye.kit.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.kit.KitException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeterPhysicsTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    // A Monday, midnight in Shanghai.
    private static final Instant MONDAY = Instant.parse("2026-03-01T16:00:00Z");

    @Property
    void whatIsTakenDoesNotDependOnHowOftenOneLooks(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 100_000) int first,
            @ForAll @IntRange(min = 0, max = 100_000) int second) {
        LoadCurve curve = new LoadCurve(LoadProfile.SHOP, seed, SHANGHAI);
        Instant middle = MONDAY.plusSeconds(first);
        Instant end = middle.plusSeconds(second);
        assertEquals(curve.taken(MONDAY, end), curve.taken(MONDAY, middle) + curve.taken(middle, end));
    }

    @Property
    void noRateIsNegativeOrAboveThePeak(@ForAll long seed, @ForAll @LongRange(min = 0, max = 100_000_000) long second) {
        for (LoadProfile profile : LoadProfile.values()) {
            LoadCurve curve = new LoadCurve(profile, seed, SHANGHAI);
            long rate = curve.rateAt(MONDAY.plusSeconds(second));
            assertTrue(rate >= 0 && rate <= curve.peak(), profile + " " + rate);
        }
    }

    @Test
    void peopleComeHomeInTheEveningAndOfficesStandEmptyOnSundays() {
        assertTrue(taken(LoadProfile.HOME, 18, 22) > 2 * taken(LoadProfile.HOME, 0, 4));
        assertTrue(taken(LoadProfile.OFFICE, 8, 18) > 3 * taken(LoadProfile.OFFICE, 6 * 24 + 8, 6 * 24 + 18));
        assertTrue(taken(LoadProfile.WATER, 6, 8) > 3 * taken(LoadProfile.WATER, 1, 3));
    }

    @Test
    void homeTakesSomeKilowattHoursADay() {
        double kilowattHours = taken(LoadProfile.HOME, 0, 7 * 24) / 3.6e10 / 7;
        assertTrue(kilowattHours > 2 && kilowattHours < 25, kilowattHours + " kWh");
    }

    @Test
    void sameSeedGivesTheSameCustomerAndAnotherSeedAnother() {
        LoadCurve one = new LoadCurve(LoadProfile.HOME, 5, SHANGHAI);
        assertEquals(one.rateAt(MONDAY), new LoadCurve(LoadProfile.HOME, 5, SHANGHAI).rateAt(MONDAY));
        assertNotEquals(one.rateAt(MONDAY), new LoadCurve(LoadProfile.HOME, 6, SHANGHAI).rateAt(MONDAY));
    }

    @Test
    void fullRegisterStartsAgainAtZero() {
        CountingRegister register = CountingRegister.energy(0);
        register.setShortOfEnd(3);
        assertEquals(new BigDecimal("999999.97"), register.value());
        register.add(5 * 360_000_000L);
        assertEquals(new BigDecimal("0.02"), register.value());
        assertEquals(
                new BigDecimal("0.001"), CountingRegister.water(36_000_000L).value());
    }

    @Test
    void numbersArePrintedAsMetersPrintThem() {
        assertEquals("-0.05", printed(-0.05, 2));
        assertEquals("226.0", printed(226, 1));
        assertEquals("4.321", printed(4.3212, 3));
        StringBuilder noisy = new StringBuilder();
        Decimals.append(noisy, new BigDecimal("12345.72"), true);
        assertEquals("12345.720000000001", noisy.toString());
    }

    @Test
    void meterRemembersItsRegisterFromOneRunToTheNext(@TempDir Path directory) {
        Path file = directory.resolve("memory.json");
        DeviceCard card = DeviceCard.home("haitang", "em-memory", "");
        MeterSettings settings = MeterSettings.usual();
        SimulatedMeter first = SimulatedMeter.of(new BrokerAddress("localhost", 1, false), card, settings);
        first.switchSupply(false, "local", null);
        new MemoryFile(file).write(Map.of(card.uid(), first.memory()));
        try (SimulatedFleet second =
                SimulatedFleet.of(new BrokerAddress("localhost", 1, false), List.of(card), settings, file)) {
            assertEquals(first.memory(), second.meter(card.uid()).memory());
        }
    }

    @Test
    void meterThatRemembersNothingNeverGoesBack() {
        DeviceCard card = DeviceCard.home("haitang", "em-forgetful", "");
        MeterSettings settings = MeterSettings.usual();
        MeterBody yesterday = MeterBody.of(card, settings.since(Duration.ofDays(1)), null);
        yesterday.advance(Instant.now());
        MeterBody today = MeterBody.of(card, settings, null);
        assertTrue(today.register.value().compareTo(yesterday.register.value()) >= 0);
        assertTrue(today.version() > yesterday.version());
    }

    @Test
    void standingFaultsAreDealtOutByNumber() {
        List<DeviceCard> cards = IntStream.range(0, 40)
                .mapToObj(i -> DeviceCard.home("haitang", "em-" + i, ""))
                .toList();
        Map<String, Faults> dealt = StandingFaults.share(Faults.parse("clock=0.05,noise=0.5"), 1, cards);
        assertEquals(
                2, dealt.values().stream().filter(f -> f.always(Fault.CLOCK)).count());
        assertEquals(
                20, dealt.values().stream().filter(f -> f.always(Fault.NOISE)).count());
    }

    @Test
    void faultsAreReadFromTheirNames() {
        assertEquals(0.1, Faults.parse("mild,outage=0.1").of(Fault.OUTAGE));
        assertEquals(0.01, Faults.parse("mild").of(Fault.DUPLICATE));
        assertTrue(Faults.parse("no-ack").of(Fault.NOACK) > 0);
        assertThrows(KitException.class, () -> Faults.parse("outage=2"));
        assertThrows(KitException.class, () -> Faults.parse("earthquake"));
    }

    @Test
    void cardsAreReadAsTheyWereWritten(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("credentials.csv");
        List<DeviceCard> cards = List.of(
                DeviceCard.home("haitang", "em-1", "secret"),
                new DeviceCard("yunshan", "wmeter", "wm-1", "secret", "WS-1", LoadProfile.WATER));
        Credentials.save(file, cards);
        assertEquals(cards, Credentials.read(file));
        Files.writeString(file, "uid,tenant\nem-9,haitang\n");
        assertEquals(LoadProfile.HOME, Credentials.read(file).get(0).profile());
        Files.writeString(file, "uid,tenant,class\nem-9,haitang,toaster\n");
        assertThrows(KitException.class, () -> Credentials.read(file));
    }

    private static long taken(LoadProfile profile, int fromHour, int toHour) {
        long sum = 0;
        for (int seed = 0; seed < 20; seed++) {
            sum += new LoadCurve(profile, seed, SHANGHAI)
                    .taken(MONDAY.plus(Duration.ofHours(fromHour)), MONDAY.plus(Duration.ofHours(toHour)));
        }
        return sum / 20;
    }

    private static String printed(double value, int decimals) {
        StringBuilder json = new StringBuilder();
        Decimals.append(json, value, decimals, false);
        return json.toString();
    }
}
