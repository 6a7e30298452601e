package cloud.wuye.device.metering.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class CutOffTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    @Test
    void aPeriodEndsOnItsDayWhereTheCompanyIs() {
        CutOff first = new CutOff(1, LocalTime.MIDNIGHT, SHANGHAI);
        assertEquals("2026-11-30T16:00:00Z", after(first, "2026-11-27T03:00:00Z"));
        assertEquals("2026-11-30T16:00:00Z", after(first, "2026-11-30T15:59:59Z"));
        assertEquals("2026-12-31T16:00:00Z", after(first, "2026-11-30T16:00:00Z"));
    }

    @Test
    void aMonthWithoutThatDayEndsItOnItsLast() {
        CutOff last = new CutOff(31, LocalTime.of(8, 30), SHANGHAI);
        assertEquals("2027-01-31T00:30:00Z", after(last, "2027-01-05T00:00:00Z"));
        assertEquals("2027-02-28T00:30:00Z", after(last, "2027-01-31T00:30:00Z"));
        assertEquals("2027-03-31T00:30:00Z", after(last, "2027-02-28T00:30:00Z"));
    }

    /** At 02:30 on the last Sunday of March Berlin has no such time. */
    @Test
    void aTimeThatTheClocksLeaveOutIsTheNextOneThereIs() {
        CutOff night = new CutOff(29, LocalTime.of(2, 30), ZoneId.of("Europe/Berlin"));
        assertEquals("2026-03-29T01:30:00Z", after(night, "2026-03-01T00:00:00Z"));
        assertEquals("2026-04-29T00:30:00Z", after(night, "2026-03-29T01:30:00Z"));
    }

    private static String after(CutOff cutOff, String instant) {
        return cutOff.after(Instant.parse(instant)).toString();
    }
}
