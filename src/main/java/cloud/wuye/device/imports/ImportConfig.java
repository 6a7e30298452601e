package cloud.wuye.device.imports;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of an import, {@code wuye.device.imports.*}. */
@ConfigMapping(prefix = "wuye.device.imports")
interface ImportConfig {
    /** Rows without the header. */
    @WithDefault("20000")
    int maxRows();

    /** Must stay below {@code quarkus.http.limits.max-body-size}, whose refusal says less. */
    @WithDefault("8388608")
    int maxBytes();
}
