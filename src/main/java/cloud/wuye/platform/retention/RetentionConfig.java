package cloud.wuye.platform.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** How long what grows without end is kept. */
@ConfigMapping(prefix = "wuye.retention")
public interface RetentionConfig {
    /** For each kind the age from which it is removed; a kind that is not named is kept for ever. */
    Map<String, Duration> keep();

    /** Rows removed in one transaction. */
    @WithDefault("1000")
    int batchSize();
}
