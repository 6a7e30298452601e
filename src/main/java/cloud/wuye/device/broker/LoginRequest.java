package cloud.wuye.device.broker;

/**
 * A login that a broker asks about.
 *
 * @param clientid the MQTT client id, or null when the broker does not say
 */
public record LoginRequest(String username, String password, String clientid) {
    /** Passwords do not belong into logs. */
    @Override
    public String toString() {
        return "LoginRequest[" + username + "]";
    }
}
