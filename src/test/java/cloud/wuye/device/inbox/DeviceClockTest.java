package cloud.wuye.device.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.contract.ClockSource;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeviceClockTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private DeviceClock clock = DeviceClock.UNKNOWN;

    @Test
    void aGoodClockIsBelieved() {
        hear(NOON, Duration.ofSeconds(2));
        assertFalse(clock.suspect());
        assertEquals(2000, clock.skewMillis());
        assertEquals(NOON, clock.at(NOON, NOON.plusSeconds(2)));
    }

    @Test
    void aMessageFromTheFutureShowsABadClockAndAGoodOneHealsIt() {
        hear(NOON, Duration.ofMinutes(-6));
        assertTrue(clock.suspect());
        assertEquals(NOON.minusSeconds(360), clock.at(NOON, NOON.minusSeconds(360)));
        hear(NOON.plusSeconds(60), Duration.ofSeconds(1));
        assertFalse(clock.suspect());
    }

    @Test
    void fiveMinutesAreStillBelieved() {
        hear(NOON, Duration.ofMinutes(-5));
        assertFalse(clock.suspect());
        hear(NOON, Duration.ofMinutes(5));
        assertFalse(clock.suspect());
    }

    @Test
    void aClockTwoHoursBehindIsFoundByItsSecondMessage() {
        hear(NOON, Duration.ofHours(2));
        assertFalse(clock.suspect(), "may be late");
        hear(NOON.plusSeconds(60), Duration.ofHours(2).plusMillis(300));
        assertTrue(clock.suspect());
        hear(NOON.plusSeconds(61), Duration.ofHours(2).plusSeconds(30));
        assertTrue(clock.suspect());
        hear(NOON.plus(Duration.ofHours(3)), Duration.ofSeconds(1));
        assertFalse(clock.suspect());
    }

    @Test
    void whatWasHeldBackIsLateAndNotABadClock() {
        Instant sent = NOON.plus(Duration.ofHours(6));
        for (int quarter = 0; quarter < 20; quarter++) {
            Instant ts = NOON.plus(Duration.ofMinutes(15L * quarter));
            clock = clock.heard(ts, ClockSource.RTC, sent.plusMillis(quarter));
            assertFalse(clock.suspect(), "reading " + quarter);
        }
    }

    @Test
    void heartbeatsThatWaitedForUsAreNotABadClock() {
        Instant back = NOON.plus(Duration.ofHours(1));
        for (int beat = 0; beat < 50; beat++) {
            clock = clock.heard(NOON.plusSeconds(60L * beat), ClockSource.NTP, back);
            assertFalse(clock.suspect());
        }
    }

    @Test
    void aRepeatedMessageProvesNothing() {
        hear(NOON, Duration.ofHours(2));
        hear(NOON, Duration.ofHours(2));
        assertFalse(clock.suspect());
    }

    @Test
    void noClockAndAClockBeforeOurTimeAreNeverBelieved() {
        clock = clock.heard(NOON, ClockSource.NONE, NOON);
        assertTrue(clock.suspect());
        clock = DeviceClock.UNKNOWN.heard(Instant.parse("2000-01-01T00:00:07Z"), ClockSource.RTC, NOON);
        assertTrue(clock.suspect());
    }

    private void hear(Instant ts, Duration delay) {
        clock = clock.heard(ts, ClockSource.NTP, ts.plus(delay));
    }
}
