package cloud.wuye.device.inbox;

import cloud.wuye.platform.time.Clock;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.providers.extension.HealthCenter;
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

    private final HealthCenter channels;
    private final Clock clock;
    private volatile Instant since;

    Listening(HealthCenter channels, Clock clock) {
        this.channels = channels;
        this.clock = clock;
    }

    void watch(@Observes StartupEvent event, Vertx vertx) {
        vertx.setPeriodic(LOOK_EVERY_MILLIS, ignored -> look(isConnected()));
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

    private boolean isConnected() {
        return channels.getReadiness().getChannels().stream()
                .filter(channel -> channel.getChannel().equals(DeviceInbox.CHANNEL))
                .anyMatch(channel -> channel.isOk());
    }
}
