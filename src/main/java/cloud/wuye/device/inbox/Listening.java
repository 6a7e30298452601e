package cloud.wuye.device.inbox;

import cloud.wuye.platform.time.Clock;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.Optional;

/**
 * Since when this service hears devices without a break. Before that their silence means nothing: after an outage of the
 * broker, or of ourselves, every device would look dead that had spoken to nobody.
 */
@ApplicationScoped
class Listening {
    /** Shorter breaks than this are nothing: the broker keeps what was said. */
    private static final long LOOK_EVERY_MILLIS = 1_000;

    private final BrokerLines lines;
    private final Clock clock;
    private volatile Instant since;

    Listening(BrokerLines lines, Clock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    void watch(@Observes StartupEvent event, Vertx vertx) {
        vertx.setPeriodic(LOOK_EVERY_MILLIS, ignored -> look(lines.isUp(DeviceInbox.CHANNEL)));
    }

    /** Takes note of whether the channel is open at this moment. */
    void look(boolean connected) {
        if (!connected) {
            since = null;
        } else if (since == null) {
            since = clock.now();
        }
    }

    /** Empty while nothing can be heard. */
    Optional<Instant> since() {
        return Optional.ofNullable(since);
    }
}
