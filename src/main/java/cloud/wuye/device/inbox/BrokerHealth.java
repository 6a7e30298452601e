package cloud.wuye.device.inbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells that the broker is away, and stays ready: people work without it, and taking every replica from them would make a
 * small trouble a large one (ADR 022). Who must know is told by the figure {@code wuye.broker.connected}.
 */
@Readiness
@ApplicationScoped
class BrokerHealth implements HealthCheck {
    private final BrokerLines lines;

    BrokerHealth(BrokerLines lines) {
        this.lines = lines;
    }

    /** The figure is there from the start, not from the first probe on. */
    void watch(@Observes StartupEvent event, MeterRegistry registry) {
        Gauge.builder("wuye.broker.connected", () -> lines.areAllUp() ? 1 : 0)
                .description("1 while every channel to the broker is connected")
                .register(registry);
    }

    @Override
    public HealthCheckResponse call() {
        Map<String, Boolean> all = lines.all();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("broker").up();
        all.forEach((channel, up) -> answer.withData(channel, up ? "UP" : "DOWN"));
        return answer.withData("degraded", all.containsValue(false)).build();
    }
}
