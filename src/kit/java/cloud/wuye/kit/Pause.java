package cloud.wuye.kit;

import java.time.Duration;

/** A rest between two looks at something that is not ready. */
final class Pause {
    private Pause() {}

    static void of(Duration rest) {
        try {
            Thread.sleep(rest.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KitException("interrupted while waiting", e);
        }
    }
}
