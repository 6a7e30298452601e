package cloud.wuye.tariff.rating;

import static cloud.wuye.tariff.rating.TariffFixture.flat;
import static cloud.wuye.tariff.rating.TariffFixture.from;
import static cloud.wuye.tariff.rating.TariffFixture.peakAndValley;
import static cloud.wuye.tariff.rating.TariffFixture.tiered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums that a person can do, done by hand in the comments and tables. */
class RateUsageTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** 阶梯: 0–180 at 0.52, 180–280 at 0.57, above at 0.82 yuan per kWh and month. */
    @ParameterizedTest
    @CsvSource({
        // used before, used now, by hand
        "  0, 180,  93.60", // 180 × 0.52
        "  0, 180.0001,  93.600057", // and 0.0001 × 0.57
        "  0, 280, 150.60", // 93.60 + 100 × 0.57
        "  0, 300, 167.00", // 150.60 + 20 × 0.82
        "170,  20,  10.90", // 10 × 0.52 + 10 × 0.57
        "170, 120,  70.40", // 10 × 0.52 + 100 × 0.57 + 10 × 0.82
        "280,   1,   0.82",
        "500,  10,   8.20"
    })
    void stepsOfTheMonth(String before, String now, String byHand) {
        Tariff tariff = shanghai(
                from(1, "2026-01-01", null, tiered(TierReset.MONTH, List.of("180", "280"), "0.52", "0.57", "0.82")));
        Rating rating =
                RateUsage.rate(tariff, List.of(usage("2026-07-03T00:00", "2026-07-04T00:00", now)), used(before));
        assertEquals(0, new BigDecimal(byHand).compareTo(rating.amount()), rating::toString);
    }

    /** 年阶梯: 2160 and 3360 kWh a year (180 and 280 times twelve); the month starts anew, the year does not. */
    @Test
    void stepsOfTheYearRunOverTheMonthAndStartAnewWithTheYear() {
        Tariff tariff = shanghai(
                from(1, "2026-01-01", null, tiered(TierReset.YEAR, List.of("2160", "3360"), "0.50", "0.55", "0.80")));
        Rating july = RateUsage.rate(
                tariff,
                List.of(usage("2026-07-31T12:00", "2026-08-01T12:00", "24")),
                new Used(new BigDecimal("300"), new BigDecimal("2150")));
        // 12 kWh in July: 10 × 0.50 + 2 × 0.55; 12 in August, all in the second tier: 12 × 0.55
        assertLines(july, "1 10.0000 5.000000", "2 2.0000 1.100000", "2 12.0000 6.600000");
        assertEquals(new Used(new BigDecimal("12.0000"), new BigDecimal("2174.0000")), july.after());

        Rating newYear = RateUsage.rate(
                tariff,
                List.of(usage("2026-12-31T18:00", "2027-01-01T06:00", "12")),
                new Used(new BigDecimal("400"), new BigDecimal("3358")));
        // 6 kWh in the old year: 2 × 0.55 + 4 × 0.80; 6 in the new one: 6 × 0.50
        assertLines(newYear, "2 2.0000 1.100000", "3 4.0000 3.200000", "1 6.0000 3.000000");
    }

    /** Valley from 23:00 to 07:00 at 0.30, peak at 0.60. */
    @Test
    void anIntervalOverTheValleyIsSpreadByTime() {
        Tariff tariff = shanghai(from(1, "2026-01-01", null, peakAndValley("23:00", "07:00", "0.60", "0.30")));
        Rating rating =
                RateUsage.rate(tariff, List.of(usage("2026-07-03T22:00", "2026-07-04T08:00", "10")), Used.NOTHING);
        // 10 hours: 1 peak, 8 valley, 1 peak
        assertLines(rating, "1 1.0000 0.600000", "1 8.0000 2.400000", "1 1.0000 0.600000");
        assertEquals(
                instant("2026-07-03T23:00", SHANGHAI), rating.lines().get(1).from());
        assertEquals(
                instant("2026-07-04T07:00", SHANGHAI), rating.lines().get(1).to());
    }

    @Test
    void partsOfAQuantityThatDoesNotDivideAddUp() {
        Tariff tariff = shanghai(from(1, "2026-01-01", null, peakAndValley("08:00", "16:00", "0.60", "0.30")));
        Rating rating =
                RateUsage.rate(tariff, List.of(usage("2026-07-03T00:00", "2026-07-04T00:00", "1")), Used.NOTHING);
        // used by 08:00: 0.3333; by 16:00: 0.6667; by 24:00: 1
        assertLines(rating, "1 0.3333 0.199980", "1 0.3334 0.100020", "1 0.3333 0.199980");
    }

    @Test
    void aNewVersionBeginsAtMidnight() {
        Tariff tariff =
                shanghai(from(1, "2026-01-01", "2026-07-04", flat("0.50")), from(2, "2026-07-04", null, flat("0.62")));
        Rating rating =
                RateUsage.rate(tariff, List.of(usage("2026-07-03T18:00", "2026-07-04T02:00", "8")), Used.NOTHING);
        assertLines(rating, "1 6.0000 3.000000", "1 2.0000 1.240000");
        assertEquals(
                List.of(1, 2),
                rating.lines().stream().map(RatedLine::versionNumber).toList());
    }

    @Test
    void theTierIsReachedInsideTheInterval() {
        Tariff tariff = shanghai(from(1, "2026-01-01", null, tiered(TierReset.MONTH, List.of("180"), "0.50", "0.60")));
        Rating rating =
                RateUsage.rate(tariff, List.of(usage("2026-07-03T00:00", "2026-07-03T04:00", "4")), used("179"));
        assertLines(rating, "1 1.0000 0.500000", "2 3.0000 1.800000");
        assertEquals(
                instant("2026-07-03T01:00", SHANGHAI), rating.lines().get(0).to());
        assertEquals(0, new BigDecimal("180").compareTo(rating.lines().get(1).usedBefore()));
    }

    @Test
    void energyAndServiceAreLinesOfTheirOwn() {
        TariffTerms terms = new TariffTerms(
                PriceBasis.FLAT,
                null,
                null,
                new BigDecimal("0.08"),
                List.of(new Rate(null, null, new BigDecimal("0.5283"), null)),
                null,
                null);
        RatedLine line = RateUsage.rate(
                        shanghai(from(1, "2026-01-01", null, terms)),
                        List.of(usage("2026-07-03T00:00", "2026-07-04T00:00", "3.1416")),
                        Used.NOTHING)
                .lines()
                .get(0);
        assertEquals(new BigDecimal("1.659707"), line.energyAmount()); // 3.1416 × 0.5283 = 1.65970728
        assertEquals(new BigDecimal("0.251328"), line.serviceAmount()); // 3.1416 × 0.08
    }

    /** Counters of their own are believed, wherever the hours of the interval lie. */
    @Test
    void countersOfKindsOfHoursAreNotSpread() {
        Tariff tariff = shanghai(from(1, "2026-01-01", null, peakAndValley("23:00", "07:00", "0.60", "0.30")));
        Instant begin = instant("2026-07-03T12:00", SHANGHAI);
        Instant end = instant("2026-07-03T13:00", SHANGHAI);
        Rating rating = RateUsage.rate(
                tariff,
                List.of(
                        new Usage(begin, end, new BigDecimal("5"), PricePeriod.VALLEY),
                        new Usage(begin, end, new BigDecimal("2"), PricePeriod.PEAK)),
                Used.NOTHING);
        assertLines(rating, "1 2.0000 1.200000", "1 5.0000 1.500000");
        assertThrows(
                NotRateable.class,
                () -> RateUsage.rate(
                        tariff, List.of(new Usage(begin, end, BigDecimal.ONE, PricePeriod.SHARP)), Used.NOTHING));
    }

    /** Berlin, 29 March 2026: the clock jumps from 02:00 to 03:00. 25 October: 02:00–03:00 comes twice. */
    @Test
    void changesOfTheClockShortenAndLengthenTheHours() {
        TariffTerms terms = peakAndValley("01:00", "03:30", "0.60", "0.30");
        Tariff tariff = new Tariff(BERLIN, List.of(from(1, "2026-01-01", null, terms)));
        Rating spring = RateUsage.rate(
                tariff, List.of(usage("2026-03-29T00:00", "2026-03-30T00:00", BERLIN, "23")), Used.NOTHING);
        assertLines(spring, "1 1.0000 0.600000", "1 1.5000 0.450000", "1 20.5000 12.300000");
        Rating autumn = RateUsage.rate(
                tariff, List.of(usage("2026-10-25T00:00", "2026-10-26T00:00", BERLIN, "25")), Used.NOTHING);
        assertLines(autumn, "1 1.0000 0.600000", "1 3.5000 1.050000", "1 20.5000 12.300000");
    }

    /** An hour that begins inside the doubled one is shown twice, and so is what comes before it. */
    @Test
    void whatTheClockShowsTwiceIsChargedTwice() {
        TariffTerms terms = peakAndValley("02:30", "04:00", "0.60", "0.30");
        Tariff tariff = new Tariff(BERLIN, List.of(from(1, "2026-01-01", null, terms)));
        List<Segment> segments =
                tariff.segments(instant("2026-10-25T00:00", BERLIN), instant("2026-10-25T06:00", BERLIN));
        // 00:00 summer, 02:30 valley, back to 02:00: peak again, 02:30 valley, 04:00 peak
        assertEquals(
                List.of(
                        "2026-10-24T22:00:00Z",
                        "2026-10-25T00:30:00Z",
                        "2026-10-25T01:00:00Z",
                        "2026-10-25T01:30:00Z",
                        "2026-10-25T03:00:00Z"),
                segments.stream().map(segment -> segment.from().toString()).toList());
    }

    @Test
    void holidaysAndWorkedSaturdaysHaveTheirOwnHours() {
        Season season = new Season(
                "全年",
                "01-01",
                "12-31",
                List.of(
                        new DayTable(
                                List.of(DayKind.WEEKDAY),
                                List.of(TariffFixture.hours("00:00", "00:00", PricePeriod.PEAK))),
                        new DayTable(
                                List.of(DayKind.WEEKEND),
                                List.of(TariffFixture.hours("00:00", "00:00", PricePeriod.FLAT))),
                        new DayTable(
                                List.of(DayKind.HOLIDAY),
                                List.of(TariffFixture.hours("00:00", "00:00", PricePeriod.DEEP_VALLEY)))));
        TariffTerms terms = new TariffTerms(
                PriceBasis.TIME_OF_USE,
                List.of(season),
                null,
                null,
                List.of(TariffFixture.rate(null, null, "1")),
                null,
                // 国庆 2026: 1 to 7 October off, Saturday 10 October worked.
                new Holidays(
                        Set.of(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-10-03")),
                        Set.of(LocalDate.parse("2026-10-10"))));
        Tariff tariff = shanghai(from(1, "2026-01-01", null, terms));
        assertEquals(PricePeriod.DEEP_VALLEY, periodOn(tariff, "2026-10-01"));
        assertEquals(PricePeriod.DEEP_VALLEY, periodOn(tariff, "2026-10-03"));
        assertEquals(PricePeriod.FLAT, periodOn(tariff, "2026-10-04"));
        assertEquals(PricePeriod.PEAK, periodOn(tariff, "2026-10-09"));
        assertEquals(PricePeriod.PEAK, periodOn(tariff, "2026-10-10"));
    }

    @Test
    void noPriceIsNoGuess() {
        Tariff tariff =
                shanghai(from(1, "2026-01-01", "2026-03-01", flat("0.5")), from(2, "2026-04-01", null, flat("0.6")));
        NotRateable gap = assertThrows(
                NotRateable.class,
                () -> RateUsage.rate(
                        tariff, List.of(usage("2026-02-28T12:00", "2026-04-01T12:00", "5")), Used.NOTHING));
        assertEquals("no version holds at 2026-02-28T16:00:00Z", gap.getMessage());
        assertThrows(
                NotRateable.class,
                () -> RateUsage.rate(
                        tariff, List.of(usage("2025-12-31T12:00", "2026-01-01T12:00", "5")), Used.NOTHING));
    }

    @Test
    void aJumpInNoTimeBelongsToTheHourThatEndsThere() {
        Tariff tariff = shanghai(from(1, "2026-01-01", null, peakAndValley("23:00", "07:00", "0.60", "0.30")));
        Rating rating =
                RateUsage.rate(tariff, List.of(usage("2026-07-03T23:00", "2026-07-03T23:00", "2")), Used.NOTHING);
        assertLines(rating, "1 2.0000 1.200000");
    }

    @Test
    void takingBackRunsTheTiersDownAgain() {
        Tariff tariff = shanghai(from(1, "2026-01-01", null, tiered(TierReset.MONTH, List.of("180"), "0.50", "0.60")));
        Rating back =
                RateUsage.rate(tariff, List.of(usage("2026-07-03T00:00", "2026-07-04T00:00", "-20")), used("190"));
        assertLines(back, "2 -10.0000 -6.000000", "1 -10.0000 -5.000000");
        assertEquals(0, new BigDecimal("170").compareTo(back.after().month()));
        assertThrows(
                NotRateable.class,
                () -> RateUsage.rate(
                        tariff, List.of(usage("2026-07-03T00:00", "2026-07-04T00:00", "-20")), used("19")));
    }

    private static Tariff shanghai(TariffVersionTerms... versions) {
        return new Tariff(SHANGHAI, List.of(versions));
    }

    private static PricePeriod periodOn(Tariff tariff, String day) {
        Instant noon = instant(day + "T12:00", SHANGHAI);
        return tariff.segments(noon, noon.plusSeconds(1)).get(0).period();
    }

    private static void assertLines(Rating rating, String... expected) {
        assertEquals(
                List.of(expected),
                rating.lines().stream()
                        .map(line -> line.tier() + " " + line.quantity() + " " + line.energyAmount())
                        .toList());
    }

    private static Used used(String month) {
        return new Used(new BigDecimal(month), new BigDecimal(month));
    }

    private static Usage usage(String from, String to, String quantity) {
        return usage(from, to, SHANGHAI, quantity);
    }

    private static Usage usage(String from, String to, ZoneId zone, String quantity) {
        return Usage.total(instant(from, zone), instant(to, zone), new BigDecimal(quantity));
    }

    private static Instant instant(String local, ZoneId zone) {
        return LocalDateTime.parse(local).atZone(zone).toInstant();
    }
}
