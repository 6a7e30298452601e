package cloud.wuye.platform.db;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long to wait for the database, and how long work may keep it busy. */
@ConfigMapping(prefix = "wuye.db")
public interface DbConfig {
    /** How long to wait for a database that does not answer the call; then it counts as away. */
    @WithDefault("PT5S")
    Duration connectTimeout();

    /** How long one statement may take; then PostgreSQL ends it. */
    @WithDefault("PT2M")
    Duration statementTimeout();

    /** How long a transaction may do nothing; then PostgreSQL ends it, with the locks that others wait for. */
    @WithDefault("PT1M")
    Duration idleTimeout();
}
