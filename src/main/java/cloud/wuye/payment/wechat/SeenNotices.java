package cloud.wuye.payment.wechat;

import cloud.wuye.payment.PaymentConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Replays: a message with exactly the signature of one that was taken. WeChat Pay signs each repetition anew, so this is
 * somebody else, or a proxy that sends twice. Remembered as long as such a message would pass for fresh. That a thing counts
 * once, however it is told, is the database's care and not this one's.
 */
@ApplicationScoped
class SeenNotices {
    private static final int MOST = 100_000;

    private final long memory;
    private final Map<String, Long> taken = new LinkedHashMap<>();

    SeenNotices(PaymentConfig config) {
        // Fresh means so far from now in either direction.
        memory = config.notices().freshness().multipliedBy(2).toNanos();
    }

    /** Ask it only of a signature that verifies. */
    synchronized boolean taken(String signature) {
        Long at = taken.get(signature);
        return at != null && System.nanoTime() - at < memory;
    }

    /** Call it once the notice is safe. */
    synchronized void remember(String signature) {
        long now = System.nanoTime();
        taken.put(signature, now);
        Iterator<Long> oldest = taken.values().iterator();
        while (oldest.hasNext() && (taken.size() > MOST || now - oldest.next() >= memory)) {
            if (taken.size() > MOST) {
                oldest.next();
            }
            oldest.remove();
        }
    }
}
