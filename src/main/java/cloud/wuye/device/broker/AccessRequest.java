package cloud.wuye.device.broker;

/**
 * A topic that a broker asks about.
 *
 * @param topic for {@code subscribe} a filter
 * @param action {@code publish} or {@code subscribe}
 */
public record AccessRequest(String username, String topic, String action) {}
