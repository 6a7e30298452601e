package cloud.wuye.device.broker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotAuthorizedException;
import java.security.MessageDigest;

/** The secret that a broker shares with the service. */
@ApplicationScoped
class BrokerKey {
    /** The header that carries it. */
    static final String HEADER = "X-Wuye-Broker-Key";

    private final BrokerConfig config;

    BrokerKey(BrokerConfig config) {
        this.config = config;
    }

    /** Answers 401 to whoever does not have the key, and to everyone while none is configured. */
    void check(String sent) {
        boolean right = config.key()
                .filter(key -> !key.isBlank())
                .filter(key -> sent != null && MessageDigest.isEqual(ServiceLogin.bytes(key), ServiceLogin.bytes(sent)))
                .isPresent();
        if (!right) {
            throw new NotAuthorizedException(HEADER);
        }
    }
}
