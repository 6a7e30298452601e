package cloud.wuye.platform.time;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The only source of "now" for features, so that a test can stand at midnight of a price change. Instants are UTC and
 * cut to microseconds, which is what PostgreSQL keeps: a value read back equals the value written.
 */
@ApplicationScoped
public class Clock {
    private volatile Instant fixed;
    private volatile Duration offset = Duration.ZERO;

    /** The current instant, to the microsecond. */
    public Instant now() {
        Instant at = fixed;
        return (at != null ? at : Instant.now().plus(offset)).truncatedTo(ChronoUnit.MICROS);
    }

    /** Stops the clock at an instant, until {@link #reset()}; for tests and demonstrations. */
    public void set(Instant instant) {
        fixed = instant;
    }

    /** Lets the clock run, shifted by this much against the machine's; for tests and demonstrations. */
    public void shift(Duration by) {
        fixed = null;
        offset = by;
    }

    /** Back to the machine's clock. */
    public void reset() {
        fixed = null;
        offset = Duration.ZERO;
    }
}
