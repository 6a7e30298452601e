package cloud.wuye.payment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the door at which channels knock, {@code wuye.payment.*}. */
@ConfigMapping(prefix = "wuye.payment")
public interface PaymentConfig {
    /** The base address at which the channels reach this service, e.g. {@code https://pay.example.cn}. */
    Optional<String> publicUrl();

    Notices notices();

    /** What is taken at the door. */
    interface Notices {
        /** The largest body. */
        @WithDefault("65536")
        int maxBytes();

        /** How far the time of a notice may be from ours, either way. */
        @WithDefault("PT5M")
        Duration freshness();

        /** The most notices a minute for one company on one replica; the channel sends again what was one too many. */
        @WithDefault("3000")
        int perMinute();

        /** The most look-ups a minute, on one replica, of companies that nobody knows. */
        @WithDefault("300")
        int strangersPerMinute();
    }
}
