package cloud.wuye.platform.observe;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/**
 * Decides at run time which traces leave; Quarkus' own settings are fixed when the service is built, and its exporter
 * knocks at {@code localhost} when nobody said where the collector is.
 */
class TraceSampling {
    @Produces
    @Singleton
    Sampler sampler(TracingConfig tracing, Config config) {
        BigDecimal ratio = new BigDecimal(tracing.ratio());
        return ratio.signum() == 0 || !collectorIsNamed(config)
                ? Sampler.alwaysOff()
                : Sampler.parentBased(Sampler.traceIdRatioBased(ratio.doubleValue()));
    }

    private static boolean collectorIsNamed(Config config) {
        return Stream.of("quarkus.otel.exporter.otlp.endpoint", "quarkus.otel.exporter.otlp.traces.endpoint")
                .map(config::getConfigValue)
                .anyMatch(TraceSampling::isGiven);
    }

    /** Somebody's value and no built-in one: those stand in sources of negative ordinals. */
    private static boolean isGiven(ConfigValue value) {
        return value.getValue() != null && !value.getValue().isBlank() && value.getSourceOrdinal() > 0;
    }
}
