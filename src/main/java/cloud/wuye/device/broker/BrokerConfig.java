package cloud.wuye.device.broker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the door that brokers knock at, {@code wuye.broker.*}. */
@ConfigMapping(prefix = "wuye.broker")
interface BrokerConfig {
    /** What a broker must send in {@code X-Wuye-Broker-Key}; while it is not set nobody is answered. */
    Optional<String> key();

    /** The MQTT login of this service itself; a broker may ask about it like about a device's. */
    Optional<String> serviceUsername();

    Optional<String> servicePassword();

    /** How long a replica may act on what it knew of a device; a change made on this replica bites at once. */
    @WithDefault("PT5S")
    Duration cacheTtl();

    /** The most devices that are remembered. */
    @WithDefault("20000")
    int cacheSize();

    /**
     * Whether to end the connection of a device that is disabled, retired or given a new secret, by connecting under its
     * client id. Not for a Mosquitto with {@code use_username_as_clientid}, where that throws out the service itself.
     */
    @WithDefault("false")
    boolean endSessions();

    /** After about this long a broker that can (EMQX 5.8) makes a device log in again. */
    @WithDefault("PT24H")
    Duration session();
}
