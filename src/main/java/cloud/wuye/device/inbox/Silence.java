package cloud.wuye.device.inbox;

import java.time.Duration;

/** How long a device may be silent before it counts as offline. */
final class Silence {
    /** Of a device that never said. */
    static final int DEFAULT_HEARTBEAT_SECONDS = 60;

    private Silence() {}

    /** Two and a half heartbeats. */
    static Duration of(Integer heartbeatSeconds) {
        int seconds = heartbeatSeconds == null ? DEFAULT_HEARTBEAT_SECONDS : heartbeatSeconds;
        return Duration.ofMillis(seconds * 2_500L);
    }
}
