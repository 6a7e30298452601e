package cloud.wuye.device.broker;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A login that a broker asks about.
 *
 * @param clientid the MQTT client id, or null when the broker does not say
 */
@RegisterForReflection
public record LoginRequest(String username, String password, String clientid) {
    /** Passwords do not belong into logs. */
    @Override
    public String toString() {
        return "LoginRequest[" + username + "]";
    }
}
