package cloud.wuye.device.broker;

import cloud.wuye.device.broker.LoginAnswer.Rule;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/** The service's own login at the broker: it hears every device and speaks to every device. */
@ApplicationScoped
class ServiceLogin {
    private static final List<Rule> RULES = List.of(
            Rule.allow("subscribe", "pm/v1/+/+/+/up/#"),
            Rule.allow("subscribe", "$share/+/pm/v1/+/+/+/up/#"),
            Rule.allow("publish", "pm/v1/+/+/+/down/#"),
            Rule.denyTheRest());

    private final BrokerConfig config;

    ServiceLogin(BrokerConfig config) {
        this.config = config;
    }

    boolean isMe(String username) {
        return config.serviceUsername().filter(username::equals).isPresent();
    }

    LoginAnswer answer(String password) {
        boolean right = config.servicePassword()
                .filter(mine -> !mine.isEmpty())
                .filter(mine -> MessageDigest.isEqual(bytes(mine), bytes(password)))
                .isPresent();
        return right ? LoginAnswer.allow(Map.of(), RULES, null) : LoginAnswer.DENY;
    }

    boolean admits(String action, String topic) {
        String filter = topic.startsWith("$share/") ? topic.substring(topic.indexOf('/', 7) + 1) : topic;
        String[] levels = filter.split("/", -1);
        return levels.length > 6
                && filter.startsWith("pm/v1/")
                && levels[5].equals(action.equals("publish") ? "down" : "up");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
