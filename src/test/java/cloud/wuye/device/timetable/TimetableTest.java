package cloud.wuye.device.timetable;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.timetable.Timetable.Entry;
import cloud.wuye.device.timetable.Timetable.Moment;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimetableTest {
    static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Entry<String> daily(String time, String action) {
        return new Entry<>(Recurrence.weekly(LocalTime.parse(time), Set.of()), DayRule.ANY_DAY, action);
    }

    private static Timetable<String> in(ZoneId zone, Entry<String> only) {
        return new Timetable<>(zone, Holidays.NONE, List.of(only));
    }

    private static Timetable<String> in(ZoneId zone, Entry<String> one, Entry<String> other) {
        return new Timetable<>(zone, Holidays.NONE, List.of(one, other));
    }

    private static Instant at(String instant) {
        return Instant.parse(instant);
    }

    @Test
    void dayThatDoesNotFitIsPassedOverAtOneStep() {
        int[] steps = {0};
        Recurrence everyMinute = Recurrence.cron("* * * * *");
        Recurrence counted = new Recurrence() {
            @Override
            public Optional<LocalDateTime> after(LocalDateTime time) {
                steps[0]++;
                return everyMinute.after(time);
            }

            @Override
            public Optional<LocalDateTime> before(LocalDateTime time) {
                steps[0]++;
                return everyMinute.before(time);
            }
        };
        Timetable<String> table =
                new Timetable<>(SHANGHAI, Holidays.NONE, List.of(new Entry<>(counted, DayRule.DAYS_OFF, "OFF")));
        // From Monday to Saturday; day by day, not through the 7,200 minutes of the working days.
        assertEquals(
                at("2026-11-27T16:00:00Z"),
                table.next(at("2026-11-23T12:00:00Z")).orElseThrow().at());
        assertTrue(steps[0] < 2_500, steps[0] + " steps");
    }

    @Test
    void offAtNightOnInTheMorning() {
        Timetable<String> table = in(SHANGHAI, daily("22:00", "OFF"), daily("06:00", "ON"));
        Moment<String> next = table.next(at("2026-11-22T12:00:00Z")).orElseThrow();
        assertEquals(at("2026-11-22T14:00:00Z"), next.at());
        assertEquals("OFF", next.action());
        assertEquals("ON", table.last(at("2026-11-22T12:00:00Z")).orElseThrow().action());
        assertEquals(
                List.of("OFF", "ON", "OFF"),
                table.upcoming(at("2026-11-22T12:00:00Z"), 3).stream()
                        .map(Moment::action)
                        .toList());
    }

    @Test
    void aTimeThatTheClockSkipsHappensAtTheChange() {
        // Berlin, 2026-03-29: 02:00 becomes 03:00 at 01:00Z.
        Timetable<String> table = in(BERLIN, daily("02:10", "OFF"), daily("02:50", "ON"));
        Moment<String> next = table.next(at("2026-03-28T12:00:00Z")).orElseThrow();
        assertEquals(at("2026-03-29T01:00:00Z"), next.at());
        assertEquals("ON", next.action(), "the later local time has the last word");
        assertEquals(
                at("2026-03-30T00:10:00Z"), table.next(next.at()).orElseThrow().at());
    }

    @Test
    void aTimeThatOccursTwiceHappensTheFirstTimeOnly() {
        // Berlin, 2026-10-25: 03:00 becomes 02:00 at 01:00Z.
        Timetable<String> table = in(BERLIN, daily("02:30", "OFF"));
        assertEquals(
                List.of(at("2026-10-25T00:30:00Z"), at("2026-10-26T01:30:00Z")),
                table.upcoming(at("2026-10-24T12:00:00Z"), 2).stream()
                        .map(Moment::at)
                        .toList());
    }

    @Test
    void holidaysAndMakeUpWorkingDays() {
        // China, National Day 2026: 1 October (Thursday) is off, Saturday 10 October is worked.
        Holidays holidays = new Holidays(Set.of(LocalDate.parse("2026-10-01")), Set.of(LocalDate.parse("2026-10-10")));
        Timetable<String> table = new Timetable<>(
                SHANGHAI,
                holidays,
                List.of(new Entry<>(
                        Recurrence.weekly(LocalTime.parse("08:00"), Set.of()), DayRule.WORKING_DAYS, "ON")));
        List<LocalDate> days = table.upcoming(at("2026-09-30T12:00:00Z"), 8).stream()
                .map(moment -> moment.local().toLocalDate())
                .toList();
        assertFalse(days.contains(LocalDate.parse("2026-10-01")));
        assertEquals(LocalDate.parse("2026-10-02"), days.get(0));
        assertTrue(days.contains(LocalDate.parse("2026-10-10")));
        assertFalse(days.contains(LocalDate.parse("2026-10-11")));
    }

    @Test
    void daysOfTheWeekAndCronAgree() {
        Timetable<String> weekly = in(
                BERLIN,
                new Entry<>(
                        Recurrence.weekly(LocalTime.parse("07:15"), Set.of(MONDAY, FRIDAY)), DayRule.ANY_DAY, "ON"));
        Timetable<String> cron = in(BERLIN, new Entry<>(Recurrence.cron("15 7 * * 1,5"), DayRule.ANY_DAY, "ON"));
        Instant from = at("2026-01-01T00:00:00Z");
        assertEquals(weekly.upcoming(from, 120), cron.upcoming(from, 120));
    }

    @Test
    void whatNeverComesIsEmptyAndNonsenseIsRefused() {
        assertTrue(in(BERLIN, new Entry<>(Recurrence.cron("0 0 30 2 *"), DayRule.ANY_DAY, "ON"))
                .next(at("2026-01-01T00:00:00Z"))
                .isEmpty());
        assertThrows(IllegalArgumentException.class, () -> Recurrence.cron("not a cron"));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "Europe/Berlin",
                        "America/New_York",
                        "Australia/Lord_Howe",
                        "Asia/Shanghai",
                        "Africa/Casablanca",
                        "America/Santiago",
                        "Pacific/Chatham",
                        "Asia/Gaza")
                .map(ZoneId::of);
    }

    @Provide
    Arbitrary<Instant> instants() {
        long from = at("2025-01-01T00:00:00Z").getEpochSecond();
        long to = at("2028-01-01T00:00:00Z").getEpochSecond();
        return Arbitraries.longs().between(from, to).map(Instant::ofEpochSecond);
    }

    private static Timetable<Integer> table(ZoneId zone, List<Integer> minutes) {
        List<Entry<Integer>> entries = Stream.iterate(0, i -> i + 1)
                .limit(minutes.size())
                .map(i -> new Entry<>(
                        Recurrence.weekly(LocalTime.ofSecondOfDay(minutes.get(i) * 60L), Set.of()), DayRule.ANY_DAY, i))
                .toList();
        return new Timetable<>(zone, Holidays.NONE, entries);
    }

    @Property(tries = 500)
    void nothingHappensBetweenNowAndNext(
            @ForAll("zones") ZoneId zone,
            @ForAll("instants") Instant now,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 1439) Integer> minutes) {
        Timetable<Integer> table = table(zone, minutes);
        Moment<Integer> next = table.next(now).orElseThrow();
        assertTrue(next.at().isAfter(now));
        assertEquals(next, table.last(next.at()).orElseThrow(), "what comes next holds once it has come");
        assertEquals(table.last(now), table.last(next.at().minusNanos(1)), "until then what held goes on holding");
    }

    @Property(tries = 200)
    void everyLocalDayHasEachTimeExactlyOnce(
            @ForAll("zones") ZoneId zone, @ForAll("instants") Instant from, @ForAll @IntRange(max = 1439) int minute) {
        Timetable<Integer> table = table(zone, List.of(minute));
        List<Moment<Integer>> year = table.upcoming(from, 370);
        LocalDate day = year.get(0).local().toLocalDate();
        Instant before = from;
        for (Moment<Integer> moment : year) {
            assertEquals(day, moment.local().toLocalDate());
            assertTrue(moment.at().isAfter(before));
            before = moment.at();
            day = day.plusDays(1);
        }
    }

    @Property(tries = 500)
    void instantsFollowLocalTimes(
            @ForAll("zones") ZoneId zone,
            @ForAll("instants") Instant around,
            @ForAll @IntRange(max = 300) int minutes) {
        var change = zone.getRules().nextTransition(around);
        var one = (change == null ? around : change.getInstant())
                .atOffset(ZoneOffset.UTC)
                .toLocalDateTime();
        for (int hour = -14; hour <= 14; hour++) {
            var earlier = one.plusHours(hour);
            var later = earlier.plusMinutes(minutes);
            assertFalse(Timetable.instant(later, zone).isBefore(Timetable.instant(earlier, zone)));
        }
    }
}
