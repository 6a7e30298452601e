package cloud.wuye.identity.wechat;

import cloud.wuye.platform.security.Knocks;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.UUID;

/** How many log-ins are heard a minute: from one place, and on behalf of one company. */
@ApplicationScoped
class LoginThrottle {
    /** Whoever has one address of IPv6 has all that begin with the same four groups. */
    private static final int NETWORK = 4;

    private final WeChatAppConfig.Login config;
    private final Knocks knocks = new Knocks();

    LoginThrottle(WeChatAppConfig config) {
        this.config = config.login();
    }

    /** Whether one more from this address is heard. */
    boolean admits(SocketAddress address) {
        String host = address == null ? null : address.hostAddress();
        return host == null || knocks.count(network(host)) <= config.perAddress();
    }

    /** Whether WeChat is asked once more on behalf of this company. */
    boolean admits(UUID company) {
        return knocks.count(company) <= config.perCompany();
    }

    /** What is counted as one place. */
    static String network(String host) {
        if (host.indexOf(':') < 0) {
            return host;
        }
        String[] halves = host.split("::", 2);
        String[] head = halves[0].isEmpty() ? new String[0] : halves[0].split(":");
        String[] groups = Arrays.copyOf(head, NETWORK);
        Arrays.fill(groups, Math.min(head.length, NETWORK), NETWORK, "0");
        return String.join(":", groups);
    }
}
