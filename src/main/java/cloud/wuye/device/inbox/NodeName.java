package cloud.wuye.device.inbox;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Looks at this replica's name when it starts. The name is part of the MQTT client id: a name that changes leaves a session
 * with unacknowledged messages behind at every restart, and two replicas of one name throw each other out.
 */
@ApplicationScoped
class NodeName {
    private static final Logger LOG = Logger.getLogger(NodeName.class);

    private final Optional<String> given;

    NodeName(@ConfigProperty(name = "wuye.node") Optional<String> given) {
        this.given = given;
    }

    void look(@Observes StartupEvent event) {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            worry(given, System.getenv()).ifPresent(LOG::warn);
        }
    }

    /** What is wrong with the name; empty when it is given, or is that of a StatefulSet's pod, which lasts. */
    static Optional<String> worry(Optional<String> given, Map<String, String> environment) {
        String host = environment.get("HOSTNAME");
        if (given.isPresent()) {
            return Optional.empty();
        }
        if (host == null || host.isBlank()) {
            return Optional.of(
                    "wuye.node is not set and there is no HOSTNAME: this replica is called 'local', and a second one"
                            + " of that name would throw it out at the broker");
        }
        boolean lasting = host.matches(".*[^-]-\\d{1,4}");
        return environment.containsKey("KUBERNETES_SERVICE_HOST") && !lasting
                ? Optional.of("wuye.node is not set and " + host
                        + " is not the name of a StatefulSet's pod: with the next pod"
                        + " the broker keeps this one's session and its unacknowledged messages for nobody")
                : Optional.empty();
    }
}
