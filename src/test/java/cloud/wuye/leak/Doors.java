package cloud.wuye.leak;

import java.util.Set;
import java.util.TreeSet;

/** The ways in that are not GraphQL and not MQTT, each of which has been thought of. */
final class Doors {
    /** Doors of ours. */
    static final Set<String> REST = new TreeSet<>(Set.of(
            "POST /api/devices/import",
            "POST /api/exports",
            "GET /api/exports/{id}",
            "GET /api/exports/{id}/file",
            "DELETE /api/exports/{id}",
            "POST /internal/mqtt/authn",
            "POST /internal/mqtt/authz",
            "GET /internal/mqtt/mosquitto/acl",
            "GET /internal/mqtt/mosquitto/passwords"));

    /**
     * What the HTTP server routes by path: GraphQL, the framework's health and metrics, which hold no company's data, payment
     * channels' notices, which are signed ({@code NoticeDoorTest}), and the log-in by WeChat with the keys that are open to
     * everybody ({@code WeChatLoginTest}).
     */
    static final Set<String> ROUTES = new TreeSet<>(Set.of(
            "/",
            "/graphql",
            "/graphql/schema.graphql",
            "/q/",
            "/api/login/wechat",
            "/api/login/keys/:company",
            "/pay/wechat/:token/notice",
            "/pay/wechat/:token/refund-notice"));

    private Doors() {}

    /** Whether a REST door takes JSON; the others take a file, or nothing. */
    static boolean takesJson(String name) {
        return askForAKey(name) || name.equals("POST /api/exports");
    }

    /** Whether a REST door is a broker's, which has a key instead of a token. */
    static boolean askForAKey(String name) {
        return name.contains(" /internal/mqtt/");
    }
}
