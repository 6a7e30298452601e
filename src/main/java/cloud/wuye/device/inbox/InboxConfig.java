package cloud.wuye.device.inbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the telemetry corridor. */
@ConfigMapping(prefix = "wuye.inbox")
public interface InboxConfig {
    /**
     * What the service subscribes to. Shared by all replicas, unless the broker forgets shared subscriptions (Debian's
     * Mosquitto): then {@code pm/v1/+/+/+/up/#}.
     */
    @WithDefault("$share/wuye/pm/v1/+/+/+/up/#")
    String topic();

    /** Batches that may be under way at once; all messages of one device go the same way, in order. */
    @WithDefault("2")
    int partitions();

    /** The most messages of one transaction. */
    @WithDefault("1000")
    int batchSize();

    /**
     * How long after the batch before a batch that is not full leaves at the earliest. A message that comes after so long a
     * quiet leaves at once.
     */
    @WithDefault("20ms")
    Duration gather();

    /** With so many messages waiting, live samples (QoS 0) that come are dropped: nobody promised them, and memory ends. */
    @WithDefault("20000")
    int fleetingBacklog();

    /** So many refused messages of one sender are kept whole in an hour; what is more is only counted. */
    @WithDefault("500")
    int parkedPerHour();

    /** The first pause before a batch is tried again while the database is away; doubles up to {@link #longestPause()}. */
    @WithDefault("200ms")
    Duration firstPause();

    /** The longest pause before a batch is tried again while the database is away. */
    @WithDefault("5s")
    Duration longestPause();
}
