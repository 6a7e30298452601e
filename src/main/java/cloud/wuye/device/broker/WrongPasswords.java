package cloud.wuye.device.broker;

import cloud.wuye.device.registry.DeviceChanged;
import cloud.wuye.platform.time.Clock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong passwords per user name. Nobody guesses 128 random bits; the limit keeps a device gone wild, or someone
 * who tries, from costing a hash each time.
 */
@ApplicationScoped
class WrongPasswords {
    /** Made-up user names must not fill the memory. */
    private static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final BrokerConfig config;
    private final Map<String, Count> counts = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > REMEMBERED;
        }
    };

    WrongPasswords(Clock clock, BrokerConfig config) {
        this.clock = clock;
        this.config = config;
    }

    private record Count(int failures, Instant until) {}

    /** Whether this name was wrong too often lately. */
    synchronized boolean tooMany(String username) {
        Count count = counts.get(username);
        return count != null && clock.now().isBefore(count.until) && count.failures >= config.maxFailures();
    }

    synchronized void add(String username) {
        Instant now = clock.now();
        Count count = counts.get(username);
        counts.put(
                username,
                count == null || !now.isBefore(count.until)
                        ? new Count(1, now.plus(config.failureWindow()))
                        : new Count(count.failures + 1, count.until));
    }

    synchronized void forget(String username) {
        counts.remove(username);
    }

    /** What was wrong before a change may be right after it. */
    void forget(@Observes DeviceChanged changed) {
        forget(changed.uid());
    }
}
