package cloud.wuye.testing;

import io.micrometer.core.instrument.Metrics;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * An application's figures end with it. Micrometer's global registry is the JVM's, and only in development does Quarkus empty it
 * between two applications: where a test class restarts the service, the next one's gauges would be taken for those already there
 * and go on showing the first one's.
 */
@ApplicationScoped
class FreshFigures {
    void forget(@Observes ShutdownEvent end) {
        Metrics.globalRegistry.clear();
    }
}
