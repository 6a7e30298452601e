package cloud.wuye.payment.wechat;

import cloud.wuye.payment.PaymentConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts who knocks, by the minute and on this replica. One company's crowd does not shut out another. */
@ApplicationScoped
class NoticeThrottle {
    private static final UUID STRANGERS = new UUID(0, 0);

    private final PaymentConfig.Notices config;
    private final Map<UUID, Count> counts = new ConcurrentHashMap<>();

    NoticeThrottle(PaymentConfig config) {
        this.config = config.notices();
    }

    private record Count(long minute, int knocks) {}

    /** Whether one more notice of this company is taken. */
    boolean admits(UUID tenantId) {
        return count(tenantId) <= config.perMinute();
    }

    /** Whether one more token that nobody knows by heart is looked up. */
    boolean admitsStranger() {
        return count(STRANGERS) <= config.strangersPerMinute();
    }

    private int count(UUID who) {
        long minute = TimeUnit.NANOSECONDS.toMinutes(System.nanoTime());
        return counts.merge(
                        who,
                        new Count(minute, 1),
                        (old, one) -> old.minute == minute ? new Count(minute, old.knocks + 1) : one)
                .knocks;
    }
}
