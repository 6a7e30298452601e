package cloud.wuye.device.inbox;

import cloud.wuye.platform.time.Clock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps one sender of nothing but rubbish from filling the parking lot. So many messages an hour are kept whole; the rest is
 * counted, in one row for each sender and hour and in a figure. Each replica counts for itself, and from nothing after a restart.
 */
@ApplicationScoped
class ParkingQuota {
    /** Senders told apart; topics are anybody's word, and memory ends. */
    private static final int SENDERS = 50_000;

    private static final String THE_OTHERS = "*";

    private final InboxConfig config;
    private final InboxMetrics metrics;
    private final Clock clock;
    private final Map<String, Integer> parked = new HashMap<>();
    private Instant hour = Instant.EPOCH;

    ParkingQuota(InboxConfig config, InboxMetrics metrics, Clock clock) {
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Those that are kept, with one for each sender that stands for all that are only counted. */
    synchronized List<Parked> admit(List<Parked> messages) {
        Instant now = clock.now().truncatedTo(ChronoUnit.HOURS);
        if (!now.equals(hour)) {
            hour = now;
            parked.clear();
        }
        List<Parked> kept = new ArrayList<>(messages.size());
        Map<String, Integer> counted = new LinkedHashMap<>();
        Map<String, Parked> last = new HashMap<>();
        for (Parked each : messages) {
            String sender = parked.size() < SENDERS || parked.containsKey(each.sender()) ? each.sender() : THE_OTHERS;
            if (parked.merge(sender, 1, Integer::sum) <= config.parkedPerHour()) {
                kept.add(each);
            } else {
                counted.merge(each.sender(), 1, Integer::sum);
                last.put(each.sender(), each);
            }
        }
        counted.forEach((sender, times) -> {
            kept.add(Parked.counted(last.get(sender), hour, config.parkedPerHour(), times));
            metrics.onlyCounted(times);
        });
        return kept;
    }
}
