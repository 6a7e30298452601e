package cloud.wuye.platform.db;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long work for one company may keep the database busy. */
@ConfigMapping(prefix = "wuye.db")
public interface DbConfig {
    /** How long one statement may take; then PostgreSQL ends it. */
    @WithDefault("PT2M")
    Duration statementTimeout();

    /** How long a transaction may do nothing; then PostgreSQL ends it, with the locks that others wait for. */
    @WithDefault("PT1M")
    Duration idleTimeout();
}
