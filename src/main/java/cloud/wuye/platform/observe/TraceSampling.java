package cloud.wuye.platform.observe;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.math.BigDecimal;

/** Decides at run time which traces leave; Quarkus' own setting is fixed when the service is built. */
class TraceSampling {
    @Produces
    @Singleton
    Sampler sampler(TracingConfig config) {
        BigDecimal ratio = new BigDecimal(config.ratio());
        return ratio.signum() == 0
                ? Sampler.alwaysOff()
                : Sampler.parentBased(Sampler.traceIdRatioBased(ratio.doubleValue()));
    }
}
