package cloud.wuye.kit.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Time that runs faster, from some moment in the past until it has caught up with the present; then it goes on as usual.
 * It never runs ahead: readings from the future would only prove that the clock is wrong.
 */
final class FleetTime implements InstantSource {
    private final double speed;
    private final Instant start;
    private final long startNanos = System.nanoTime();

    FleetTime(double speed, Instant start) {
        this.speed = speed;
        this.start = start;
    }

    @Override
    public Instant instant() {
        Instant real = Instant.now();
        Instant fast = start.plusNanos((long) ((System.nanoTime() - startNanos) * speed));
        return fast.isBefore(real) ? fast : real;
    }

    /** How long it takes until that much of this time has passed. */
    static Duration real(InstantSource time, Duration passed) {
        return time instanceof FleetTime fast && Instant.now().minusSeconds(1).isAfter(fast.instant())
                ? Duration.ofNanos((long) (passed.toNanos() / fast.speed))
                : passed;
    }
}
