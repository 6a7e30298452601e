package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.ClockSource;
import cloud.wuye.device.contract.Contract;
import java.time.Duration;
import java.time.Instant;

/**
 * How far a device's clock is off, judged from its messages alone: receive time less device time is the clock's error
 * plus the delay, and a message may rightly be weeks late.
 *
 * <p>A small difference shows a good clock; a message from the future a bad one. A large delay is a bad clock only when
 * it stays the same while the device's time moves on: what was held back, at the device or by us, comes with delays that
 * shrink. A clock that says it was never set is bad, and so is one that stands before {@link #OLDEST}.
 *
 * @param skewMillis receive time less device time, or null when not known; positive when the device is behind
 * @param suspect whether its times are not to be believed
 * @param probeMillis the last large delay, or null
 * @param probeTs the device time it was seen at, or null
 */
record DeviceClock(Long skewMillis, boolean suspect, Long probeMillis, Instant probeTs) {
    static final DeviceClock UNKNOWN = new DeviceClock(null, false, null, null);
    static final Instant OLDEST = Instant.parse("2020-01-01T00:00:00Z");
    private static final long SAME_DELAY_MILLIS = 2_000;
    private static final long APART_MILLIS = 5_000;

    /** The clock after a message. */
    DeviceClock heard(Instant ts, ClockSource source, Instant receivedAt) {
        if (source == ClockSource.NONE) {
            return new DeviceClock(null, true, null, null);
        }
        long observed = Duration.between(ts, receivedAt).toMillis();
        long limit = Contract.MAX_SKEW.toMillis();
        if (Math.abs(observed) <= limit) {
            return new DeviceClock(observed, false, null, null);
        }
        if (observed < 0 || ts.isBefore(OLDEST) || repeats(observed, ts)) {
            return new DeviceClock(observed, true, observed, ts);
        }
        boolean stillBehind = suspect && skewMillis != null && Math.abs(observed - skewMillis) <= limit;
        return stillBehind
                ? new DeviceClock(observed, true, observed, ts)
                : new DeviceClock(suspect ? null : skewMillis, false, observed, ts);
    }

    private boolean repeats(long observed, Instant ts) {
        return probeMillis != null
                && Math.abs(observed - probeMillis) <= SAME_DELAY_MILLIS
                && Math.abs(Duration.between(probeTs, ts).toMillis()) >= APART_MILLIS;
    }

    /** When something happened that the device dates so. */
    Instant at(Instant ts, Instant receivedAt) {
        return suspect ? receivedAt : ts;
    }
}
