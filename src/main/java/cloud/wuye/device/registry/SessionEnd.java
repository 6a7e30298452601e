package cloud.wuye.device.registry;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Says to the broker, through the outbox, that a device's connection has to end: its login is not what it was.
 *
 * @param uid its MQTT user name and client id
 */
@RegisterForReflection
public record SessionEnd(@JsonProperty("uid") String uid) {
    /** The outbox's word for it. */
    public static final String KIND = "mqtt.session-end";
}
