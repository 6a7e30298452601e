package cloud.wuye.platform.observe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much is traced. The address of the collector is {@code quarkus.otel.exporter.otlp.endpoint}. */
@ConfigMapping(prefix = "wuye.tracing")
public interface TracingConfig {
    /**
     * The share of requests and batches whose spans are sent, 0 to 1; nothing is sent where no collector's address is given.
     * Trace ids are made in any case, so that logs, audit entries and errors of one request can be found together.
     */
    @WithDefault("1")
    String ratio();
}
