package cloud.wuye.kit.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The clock in a meter: right, off, or none at all. */
final class MeterClock {
    private static final Instant NO_TIME = Instant.parse("2000-01-01T00:00:00Z");

    private final InstantSource time;
    private volatile Duration offset;
    private volatile String source;

    MeterClock(InstantSource time, Faults faults, long seed) {
        this.time = time;
        if (faults.always(Fault.NOCLOCK)) {
            source = "none";
            offset = Duration.between(time.instant(), NO_TIME);
        } else if (faults.always(Fault.CLOCK)) {
            source = "rtc";
            long minutes = 7 + (long) (Hash.fraction(seed, 31) * 170);
            offset = Duration.ofMinutes(Hash.fraction(seed, 32) < 0.5 ? minutes : -minutes);
        } else {
            source = "ntp";
            offset = Duration.ZERO;
        }
    }

    /** What this clock shows at that true instant. */
    Instant shown(Instant truth) {
        return truth.plus(offset);
    }

    Instant now() {
        return shown(time.instant());
    }

    Duration offset() {
        return offset;
    }

    /** {@code ntp}, {@code rtc} or {@code none}. */
    String source() {
        return source;
    }

    boolean isSet() {
        return !source.equals("none");
    }

    /** A clock that was never set begins anew; the others have a battery. */
    void restart() {
        if (!isSet()) {
            offset = Duration.between(time.instant(), NO_TIME);
        }
    }

    /** Somebody said what time it is. */
    void correct(Duration by) {
        offset = offset.plus(by);
        source = "ntp";
    }
}
