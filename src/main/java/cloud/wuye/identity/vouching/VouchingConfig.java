package cloud.wuye.identity.vouching;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the word that we give for people, {@code wuye.identity.vouching.*}. */
@ConfigMapping(prefix = "wuye.identity.vouching")
interface VouchingConfig {
    /** The age at which a company's key is followed by another; the next log-in makes it. */
    @WithDefault("P30D")
    Duration keyLifespan();

    /** How long a realm may take to give a token; after that it is IDENTITY_UNAVAILABLE. */
    @WithDefault("PT5S")
    Duration deadline();
}
