package cloud.wuye.tenant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the tenant registry. */
@ConfigMapping(prefix = "wuye.tenant")
public interface TenantConfig {
    /** How long a replica may act on what it knew: a suspension made on another replica bites after this at the latest. */
    @WithDefault("PT2S")
    Duration registryTtl();

    /** How often, at most, a name nobody knows makes the registry look again; keeps made-up issuers off the database. */
    @WithDefault("PT0.5S")
    Duration registryMissTtl();
}
