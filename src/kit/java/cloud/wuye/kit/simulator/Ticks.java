package cloud.wuye.kit.simulator;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens later and again and again, for all simulated devices of this program. */
final class Ticks {
    private static final Logger LOG = LoggerFactory.getLogger(Ticks.class);
    private static final ScheduledThreadPoolExecutor TIMER = new ScheduledThreadPoolExecutor(2, work -> {
        Thread thread = new Thread(work, "simulator");
        thread.setDaemon(true);
        return thread;
    });

    static {
        TIMER.setRemoveOnCancelPolicy(true);
    }

    private Ticks() {}

    static ScheduledFuture<?> after(Duration delay, Runnable work) {
        return TIMER.schedule(safely(work), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    static ScheduledFuture<?> every(Duration period, Runnable work) {
        return TIMER.scheduleAtFixedRate(
                safely(work), period.toMillis(), Math.max(1, period.toMillis()), TimeUnit.MILLISECONDS);
    }

    // The executor would silently end a periodic task that threw.
    private static Runnable safely(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.warn("a simulated device stumbled", e);
            }
        };
    }
}
