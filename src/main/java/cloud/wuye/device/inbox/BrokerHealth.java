package cloud.wuye.device.inbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.health.HealthReport.ChannelInfo;
import io.smallrye.reactive.messaging.providers.extension.HealthCenter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
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
    private final HealthCenter channels;

    BrokerHealth(HealthCenter channels) {
        this.channels = channels;
    }

    /** The figure is there from the start, not from the first probe on. */
    void watch(@Observes StartupEvent event, MeterRegistry registry) {
        Gauge.builder("wuye.broker.connected", () -> isConnected() ? 1 : 0)
                .description("1 while every channel to the broker is connected")
                .register(registry);
    }

    @Override
    public HealthCheckResponse call() {
        List<ChannelInfo> all = channels.getReadiness().getChannels();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("broker").up();
        all.forEach(channel -> answer.withData(channel.getChannel(), channel.isOk() ? "UP" : "DOWN"));
        return answer.withData("degraded", !allUp(all)).build();
    }

    private boolean isConnected() {
        return allUp(channels.getReadiness().getChannels());
    }

    private static boolean allUp(List<ChannelInfo> channels) {
        return channels.stream().allMatch(ChannelInfo::isOk);
    }
}
