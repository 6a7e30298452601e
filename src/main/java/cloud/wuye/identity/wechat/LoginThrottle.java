package cloud.wuye.identity.wechat;

import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Counts who knocks, by the minute and on this replica; with the minute everything is forgotten. */
@ApplicationScoped
class LoginThrottle {
    /** Whoever has one address of IPv6 has all that begin with the same four groups. */
    private static final int NETWORK = 4;

    private final WeChatAppConfig.Login config;
    private final AtomicReference<Minute> current = new AtomicReference<>(new Minute(0));

    LoginThrottle(WeChatAppConfig config) {
        this.config = config.login();
    }

    private record Minute(long number, Map<Object, Integer> knocks) {
        Minute(long number) {
            this(number, new ConcurrentHashMap<>());
        }
    }

    /** Whether one more from this address is heard. */
    boolean admits(SocketAddress address) {
        String host = address == null ? null : address.hostAddress();
        return host == null || count(network(host)) <= config.perAddress();
    }

    /** Whether WeChat is asked once more on behalf of this company. */
    boolean admits(UUID company) {
        return count(company) <= config.perCompany();
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

    private int count(Object who) {
        long number = TimeUnit.NANOSECONDS.toMinutes(System.nanoTime());
        Minute minute = current.updateAndGet(before -> before.number == number ? before : new Minute(number));
        return minute.knocks.merge(who, 1, Integer::sum);
    }
}
