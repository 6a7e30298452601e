package cloud.wuye.identity;

import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestIssuer;
import cloud.wuye.testing.WuyeServers;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * Points the service at the kit's real Keycloak, through a {@link Gate}, and at a {@link MailBox}; operators still come from
 * the local issuer.
 */
public final class RealKeycloak implements QuarkusTestResourceLifecycleManager {
    /** Companies of these tests are served at {@code code + HOST_SUFFIX}, too. */
    static final String HOST_SUFFIX = ".wuye.example";

    /** Where the admin web of these tests lives. */
    static final String ADMIN_WEB = "http://localhost:5173/";

    private Gate gate;
    private MailBox mailBox;

    @Override
    public Map<String, String> start() {
        KitServers.shared().withKeycloak();
        gate = Gate.before(url());
        Gate.open();
        mailBox = MailBox.opened();
        Map<String, String> settings = new HashMap<>(mailBox.settings());
        settings.putAll(Map.of(
                "wuye.identity.keycloak.url", gate.url().toString(),
                "wuye.identity.keycloak.public-url", url().toString(),
                "wuye.identity.keycloak.service-url", WuyeServers.service(),
                "wuye.identity.keycloak.provisioner-secret", fact("provisioner.secret"),
                "wuye.identity.platform.url", TestIssuer.baseUrl(),
                "wuye.identity.platform.issuer", TestIssuer.issuer("wuye-platform"),
                "wuye.identity.host-suffix", HOST_SUFFIX,
                "wuye.identity.realm.admin-redirect-uris", ADMIN_WEB + "*",
                "wuye.identity.realm.cli", "true"));
        // The first realms of a Keycloak that has just started take their time where the machine is busy.
        settings.put("wuye.identity.keycloak.answer-timeout", "PT60S");
        return settings;
    }

    @Override
    public void stop() {
        gate.close();
        mailBox.close();
    }

    /** After the local issuer and the service's own servers, whose addresses it needs and whose settings it overrides. */
    @Override
    public int order() {
        return 10;
    }

    static URI url() {
        return URI.create(fact("url"));
    }

    /** What the kit says of its Keycloak. */
    static String fact(String name) {
        return KitServers.shared().fact("keycloak." + name);
    }
}
