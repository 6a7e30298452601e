package cloud.wuye.identity.realm;

import cloud.wuye.identity.IdentityConfig;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.keycloak.OAuth2Constants;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;

/**
 * Talks to Keycloak as the service account that makes realms. Its client blocks, so the work runs on a worker thread.
 * Whatever goes wrong on the way is IDENTITY_UNAVAILABLE to the caller, and may be tried again.
 */
@ApplicationScoped
class KeycloakAdmin {
    private static final Logger LOG = Logger.getLogger(KeycloakAdmin.class);
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final IdentityConfig.Keycloak config;
    private final Map<URI, Keycloak> clients = new ConcurrentHashMap<>();

    KeycloakAdmin(IdentityConfig config) {
        this.config = config.keycloak();
    }

    /** Does something at the Keycloak of this address. */
    <T> Uni<T> ask(URI baseUrl, Function<Keycloak, T> question) {
        return Uni.createFrom()
                .item(() -> question.apply(at(baseUrl)))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onFailure(KeycloakAdmin::keycloaksFault)
                .transform(failure -> away(baseUrl, failure));
    }

    /** The same for something that answers nothing. */
    Uni<Void> tell(URI baseUrl, Consumer<Keycloak> order) {
        return ask(baseUrl, keycloak -> {
            order.accept(keycloak);
            return null;
        });
    }

    /** The answer, or empty when Keycloak has no such thing. */
    static <T> Optional<T> find(Supplier<T> question) {
        try {
            return Optional.ofNullable(question.get());
        } catch (WebApplicationException refused) {
            if (refused.getResponse().getStatus() == NOT_FOUND) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** Creates something unless it is there: a colleague may have been faster, or we, before we were cut off. */
    static void createUnlessThere(Supplier<Response> creation) {
        try (Response answer = creation.get()) {
            if (answer != null && answer.getStatus() != CONFLICT && answer.getStatus() >= 300) {
                throw new WebApplicationException(answer.getStatus());
            }
        } catch (WebApplicationException refused) {
            if (refused.getResponse().getStatus() != CONFLICT) {
                throw refused;
            }
        }
    }

    @PreDestroy
    void close() {
        clients.values().forEach(Keycloak::close);
    }

    private Keycloak at(URI baseUrl) {
        return clients.computeIfAbsent(baseUrl, this::connect);
    }

    private Keycloak connect(URI baseUrl) {
        String secret = config.provisionerSecret().orElseThrow(() -> {
            LOG.error(
                    "wuye.identity.keycloak.provisioner-secret is not set: companies and staff cannot be administered");
            return new Problem(ProblemCode.IDENTITY_UNAVAILABLE);
        });
        Client client = Keycloak.getClientProvider().newRestEasyClient(null, null, false);
        client.property(
                QuarkusRestClientProperties.READ_TIMEOUT, config.answerTimeout().toMillis());
        return KeycloakBuilder.builder()
                .resteasyClient(client)
                .serverUrl(baseUrl.toString())
                .realm(config.provisionerRealm())
                .clientId(config.provisionerClient())
                .clientSecret(secret)
                .grantType(OAuth2Constants.CLIENT_CREDENTIALS)
                .build();
    }

    private static boolean keycloaksFault(Throwable failure) {
        return failure instanceof WebApplicationException || failure instanceof ProcessingException;
    }

    private static Problem away(URI baseUrl, Throwable failure) {
        LOG.warnf("Keycloak at %s: %s", baseUrl, failure);
        Problem problem = new Problem(ProblemCode.IDENTITY_UNAVAILABLE);
        problem.initCause(failure);
        return problem;
    }
}
