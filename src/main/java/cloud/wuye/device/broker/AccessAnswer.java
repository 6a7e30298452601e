package cloud.wuye.device.broker;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The answer to a topic in the words of EMQX: {@code allow} or {@code deny}. */
@RegisterForReflection
public record AccessAnswer(String result) {
    static AccessAnswer of(boolean allowed) {
        return new AccessAnswer(allowed ? "allow" : "deny");
    }
}
