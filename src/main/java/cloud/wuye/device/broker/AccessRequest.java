package cloud.wuye.device.broker;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A topic that a broker asks about.
 *
 * @param topic for {@code subscribe} a filter
 * @param action {@code publish} or {@code subscribe}
 */
@RegisterForReflection
public record AccessRequest(String username, String topic, String action) {}
