package cloud.wuye.platform.observe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much is traced. The address of the collector is {@code quarkus.otel.exporter.otlp.endpoint}. */
@ConfigMapping(prefix = "wuye.tracing")
public interface TracingConfig {
    /**
     * The share of requests whose spans are sent, 0 to 1. At 0 nothing is sent, whatever a caller's headers ask for;
     * trace ids are still made, so that logs, audit entries and errors of one request can be found together.
     */
    @WithDefault("0")
    String ratio();
}
