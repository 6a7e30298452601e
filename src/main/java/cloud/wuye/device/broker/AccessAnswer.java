package cloud.wuye.device.broker;

/** The answer to a topic in the words of EMQX: {@code allow} or {@code deny}. */
public record AccessAnswer(String result) {
    static AccessAnswer of(boolean allowed) {
        return new AccessAnswer(allowed ? "allow" : "deny");
    }
}
