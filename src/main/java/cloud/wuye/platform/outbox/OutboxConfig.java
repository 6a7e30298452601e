package cloud.wuye.platform.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the outbox is relayed. */
@ConfigMapping(prefix = "wuye.outbox")
public interface OutboxConfig {
    /** Whether this instance relays at all. */
    @WithDefault("true")
    boolean relay();

    /** How often to look for messages that another instance wrote or whose back-off has passed. */
    @WithDefault("500ms")
    Duration pollEvery();

    /** How often to measure the oldest waiting message and to drop old delivered ones. */
    @WithDefault("10s")
    Duration upkeepEvery();

    /** Messages of one kind taken, and on their way, at once. */
    @WithDefault("200")
    int batchSize();

    /** How long one instance may keep a message before another takes it over. A delivery that takes half of it has failed. */
    @WithDefault("30s")
    Duration lease();

    /** First pause after a failed delivery; doubled each time. */
    @WithDefault("1s")
    Duration firstBackOff();

    /** Longest pause between deliveries. */
    @WithDefault("5m")
    Duration longestBackOff();

    /** Deliveries before a message becomes a dead letter. */
    @WithDefault("12")
    int maxAttempts();

    /** How long delivered messages are kept. */
    @WithDefault("7d")
    Duration keepSent();
}
