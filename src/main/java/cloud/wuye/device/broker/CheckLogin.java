package cloud.wuye.device.broker;

import cloud.wuye.device.registry.CredentialHash;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tenant.Tenant;
import cloud.wuye.tenant.TenantRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Decides on a login and on a topic. All refusals look alike to whoever knocks. Wrong passwords are not counted: nobody
 * guesses 128 random bits, the hash is cheap, and a count would let anybody lock out a device, or the service itself.
 */
@ApplicationScoped
class CheckLogin {
    /** Checked when there is no device of that name, so that the time of a refusal tells nothing. */
    private static final CredentialHash NOBODYS =
            new CredentialHash("$7$101$TA8voNxgofpXnCOh$oTEV4pYlf+WtK2JX/TqnITAeQ6YU4"
                    + "pbfCEObZ3VGNAspwhJJx2wP35qQ9J84xu+nIOuFcL7ccc/ZfAV31kOyGQ==");

    private static final int LONGEST = 256;

    private final KnownLogins logins;
    private final TenantRegistry tenants;
    private final ServiceLogin service;
    private final BrokerConfig config;
    private final Clock clock;
    private final MeterRegistry meters;

    CheckLogin(
            KnownLogins logins,
            TenantRegistry tenants,
            ServiceLogin service,
            BrokerConfig config,
            Clock clock,
            MeterRegistry meters) {
        this.logins = logins;
        this.tenants = tenants;
        this.service = service;
        this.config = config;
        this.clock = clock;
        this.meters = meters;
    }

    Uni<LoginAnswer> login(LoginRequest request) {
        return answer(request).invoke(answer -> meters.counter("wuye.broker.logins", "result", answer.result())
                .increment());
    }

    private Uni<LoginAnswer> answer(LoginRequest request) {
        String username = text(request.username());
        String password = text(request.password());
        if (username.isEmpty() || !ownsClientId(username, request.clientid())) {
            return Uni.createFrom().item(LoginAnswer.DENY);
        }
        if (service.isMe(username)) {
            return Uni.createFrom().item(service.answer(password));
        }
        return logins.fresh(username).chain(login -> {
            boolean right = (login.hash() == null ? NOBODYS : login.hash()).matches(password);
            return right && login.mayConnect()
                    ? admitted(login)
                    : Uni.createFrom().item(LoginAnswer.DENY);
        });
    }

    /** Whether a device may publish to a topic or subscribe to a filter. */
    Uni<Boolean> mayUse(AccessRequest request) {
        String username = text(request.username());
        String action = text(request.action());
        String topic = request.topic() == null ? "" : request.topic();
        if (!username.isEmpty() && service.isMe(username)) {
            return Uni.createFrom().item(service.admits(action, topic));
        }
        return logins.find(username)
                .chain(login -> login.mayConnect()
                        ? company(login).map(found -> found.map(tenant -> fence(tenant, login))
                                .filter(fence -> fence.admits(action, topic))
                                .isPresent())
                        : Uni.createFrom().item(false));
    }

    private Uni<LoginAnswer> admitted(KnownLogin login) {
        return company(login).map(found -> found.map(tenant -> LoginAnswer.allow(
                        Map.of("tenant", tenant.code(), "class", login.deviceClass()),
                        fence(tenant, login).rules(),
                        expiry()))
                .orElse(LoginAnswer.DENY));
    }

    private Uni<Optional<Tenant>> company(KnownLogin login) {
        return tenants.findById(login.tenantId()).map(found -> found.filter(Tenant::active));
    }

    private static TopicFence fence(Tenant tenant, KnownLogin login) {
        return TopicFence.ofDevice(tenant.code(), login.deviceClass(), login.uid());
    }

    /** Up to a quarter sooner than configured, so that what connected together does not come back together. */
    private long expiry() {
        long session = config.session().toSeconds();
        return clock.now().getEpochSecond()
                + session
                - ThreadLocalRandom.current().nextLong(session / 4 + 1);
    }

    /** A client id is a session: whoever connects with another's throws it out. */
    private boolean ownsClientId(String username, String clientId) {
        return clientId == null
                || clientId.isEmpty()
                || clientId.equals(username)
                || clientId.startsWith(username + "-")
                || service.isMe(username);
    }

    private static String text(String sent) {
        return sent == null || sent.length() > LONGEST ? "" : sent;
    }
}
