package cloud.wuye.device.broker;

import cloud.wuye.device.broker.LoginAnswer.Rule;
import java.util.List;

/** The topics that are somebody's, and no others. */
record TopicFence(String publish, String subscribe) {
    /** A device's own: it speaks upwards and listens downwards. */
    static TopicFence ofDevice(String tenant, String deviceClass, String uid) {
        String home = "pm/v1/" + tenant + "/" + deviceClass + "/" + uid;
        return new TopicFence(home + "/up/", home + "/down/");
    }

    List<Rule> rules() {
        return List.of(
                Rule.allow("publish", publish + "#"), Rule.allow("subscribe", subscribe + "#"), Rule.denyTheRest());
    }

    /** Whether a topic, or for {@code subscribe} a filter, lies wholly inside. */
    boolean admits(String action, String topic) {
        return switch (action) {
            case "publish" -> inside(topic, publish) && topic.indexOf('+') < 0 && topic.indexOf('#') < 0;
            case "subscribe" -> inside(topic, subscribe);
            default -> false;
        };
    }

    private static boolean inside(String topic, String home) {
        return topic.startsWith(home) && topic.length() > home.length();
    }
}
