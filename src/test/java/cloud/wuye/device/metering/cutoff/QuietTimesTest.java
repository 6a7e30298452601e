package cloud.wuye.device.metering.cutoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietTimesTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    /** 2026-11-23 is a Monday. Tuesday the 24th is off, Saturday the 28th a make-up working day. */
    private static final QuietTimes USUAL = new QuietTimes(
            CutOffPolicy.USUAL.quiet(),
            true,
            true,
            Set.of(LocalDate.parse("2026-11-24")),
            Set.of(LocalDate.parse("2026-11-28")));

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T02:00, 2026-11-25T08:00",
        "2026-11-25T07:59:59, 2026-11-25T08:00",
        "2026-11-25T08:00,",
        "2026-11-25T17:59:59,",
        "2026-11-25T18:00, 2026-11-26T08:00",
        // Over the holiday, from the evening before to the morning after.
        "2026-11-23T18:00, 2026-11-25T08:00",
        "2026-11-24T12:00, 2026-11-25T08:00",
        // Saturday is worked, Sunday is not.
        "2026-11-27T20:00, 2026-11-28T08:00",
        "2026-11-28T12:00,",
        "2026-11-28T18:00, 2026-11-30T08:00",
        "2026-12-05T12:00, 2026-12-07T08:00"
    })
    void quietTimesThatAdjoinEndTogether(LocalDateTime local, LocalDateTime end) {
        Instant until = USUAL.until(local.atZone(SHANGHAI).toInstant(), SHANGHAI);
        assertEquals(end, until == null ? null : LocalDateTime.ofInstant(until, SHANGHAI));
    }

    @Test
    void withoutAnyItIsNeverQuiet() {
        QuietTimes none = new QuietTimes(List.of(), false, false, Set.of(LocalDate.parse("2026-11-24")), Set.of());
        for (int hour = 0; hour < 24 * 14; hour++) {
            assertNull(none.until(Instant.parse("2026-11-22T00:00:00Z").plus(Duration.ofHours(hour)), SHANGHAI));
        }
    }

    @Test
    void endsAreNotQuietThemselvesAndLieAheadWhateverTheClockDoes() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        QuietTimes night = new QuietTimes(
                List.of(new QuietTimes.Hours(60, 150), new QuietTimes.Hours(23 * 60, 30)),
                false,
                false,
                Set.of(),
                Set.of());
        Instant at = Instant.parse("2026-10-24T00:00:00Z");
        for (int minute = 0; minute < 60 * 24 * 3; minute++) {
            Instant now = at.plus(Duration.ofMinutes(minute));
            Instant until = night.until(now, berlin);
            assertTrue(until == null || until.isAfter(now), now.toString());
            assertNull(until == null ? null : night.until(until, berlin), now.toString());
        }
    }
}
