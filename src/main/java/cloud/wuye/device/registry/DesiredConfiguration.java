package cloud.wuye.device.registry;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/**
 * Says through the outbox that what the broker keeps on a device's {@code down/desired} is to be what the registry says now.
 *
 * @param device which device
 */
@RegisterForReflection
record DesiredConfiguration(@JsonProperty("device") UUID device) {
    /** The outbox's word for it. */
    static final String KIND = "mqtt.desired";
}
