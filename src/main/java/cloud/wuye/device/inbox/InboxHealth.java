package cloud.wuye.device.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Not live once the channel from the broker has ended: only a new process opens it again. */
@Liveness
@ApplicationScoped
class InboxHealth implements HealthCheck {
    private final DeviceInbox inbox;

    InboxHealth(DeviceInbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("device inbox")
                .status(!inbox.hasEnded())
                .withData("backlog", inbox.backlog())
                .build();
    }
}
