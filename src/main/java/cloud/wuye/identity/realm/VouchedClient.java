package cloud.wuye.identity.realm;

import cloud.wuye.identity.IdentityConfig;
import cloud.wuye.identity.Issuers;
import cloud.wuye.platform.security.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.keycloak.admin.client.resource.ClientResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.RoleScopeResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/**
 * What a company's realm needs so that residents come in on our word (JWT authorization grant, RFC 7523): ourselves as an
 * identity provider whose keys are read at our own door, and a client that may bring what we sign. The client has no
 * password: it signs with the same keys. Its tokens hold the role of residents and no other, whoever they are for.
 */
@ApplicationScoped
public class VouchedClient {
    /** The client of the mini-program; only the service itself can speak for it. */
    public static final String CLIENT = "wuye-mini-program";

    /** Ourselves in a realm, as who knows residents by their WeChat. */
    static final String PROVIDER = "wuye-wechat";

    /** Before a company's id, the address of the keys with which we vouch for its people. */
    public static final String KEYS = "/api/login/keys/";

    /** What we sign is good for less. */
    private static final String SECONDS = "60";

    private final IdentityConfig config;

    VouchedClient(IdentityConfig config) {
        this.config = config;
    }

    /** Whether Keycloak knows where to find us; if not, nobody comes in this way. */
    public boolean isOn() {
        return config.keycloak().serviceUrl().isPresent();
    }

    /** Who we are when we vouch for a company's people; Keycloak wants an address, and so it is where the keys are. */
    public String issuer(UUID tenantId) {
        URI service = config.keycloak().serviceUrl().orElseThrow();
        return Issuers.bare(service) + KEYS + tenantId;
    }

    /** Adds it to a realm that is about to be made. */
    void enter(RealmRepresentation realm, UUID tenantId) {
        if (isOn()) {
            realm.setIdentityProviders(List.of(provider(tenantId)));
            realm.getClients().add(client(tenantId));
            realm.clientScopeMapping(CLIENT).role(Roles.RESIDENT);
        }
    }

    /** Makes a realm so, whatever it was before; what is right already is only looked at. */
    void ensure(RealmResource realm, UUID tenantId) {
        if (isOn()) {
            ensureProvider(realm, provider(tenantId));
            ensureClient(realm, client(tenantId));
        }
    }

    private static void ensureProvider(RealmResource realm, IdentityProviderRepresentation wanted) {
        KeycloakAdmin.find(() -> realm.identityProviders().get(PROVIDER).toRepresentation())
                .ifPresentOrElse(
                        there -> {
                            if (!there.isEnabled() || !holds(there.getConfig(), wanted.getConfig())) {
                                wanted.setInternalId(there.getInternalId());
                                realm.identityProviders().get(PROVIDER).update(wanted);
                            }
                        },
                        () -> KeycloakAdmin.createUnlessThere(
                                () -> realm.identityProviders().create(wanted)));
    }

    private static void ensureClient(RealmResource realm, ClientRepresentation wanted) {
        if (realm.clients().findByClientId(CLIENT).isEmpty()) {
            KeycloakAdmin.createUnlessThere(() -> realm.clients().create(wanted));
        }
        ClientRepresentation there = realm.clients().findByClientId(CLIENT).get(0);
        ClientResource client = realm.clients().get(there.getId());
        if (!isAs(there, wanted)) {
            wanted.setId(there.getId());
            client.update(wanted);
        }
        RoleScopeResource scope = client.getScopeMappings().realmLevel();
        if (scope.listAll().stream().noneMatch(role -> role.getName().equals(Roles.RESIDENT))) {
            scope.add(List.of(realm.roles().get(Roles.RESIDENT).toRepresentation()));
        }
    }

    private static boolean isAs(ClientRepresentation there, ClientRepresentation wanted) {
        return there.isEnabled()
                && !there.isPublicClient()
                && !there.isFullScopeAllowed()
                && wanted.getClientAuthenticatorType().equals(there.getClientAuthenticatorType())
                && holds(there.getAttributes(), wanted.getAttributes());
    }

    private static boolean holds(Map<String, String> there, Map<String, String> wanted) {
        return there != null && there.entrySet().containsAll(wanted.entrySet());
    }

    private IdentityProviderRepresentation provider(UUID tenantId) {
        IdentityProviderRepresentation provider = new IdentityProviderRepresentation();
        provider.setAlias(PROVIDER);
        provider.setProviderId("jwt-authorization-grant");
        provider.setEnabled(true);
        provider.setConfig(new HashMap<>(Map.of(
                "issuer",
                issuer(tenantId),
                "useJwksUrl",
                "true",
                "jwksUrl",
                issuer(tenantId),
                "jwtAuthorizationGrantEnabled",
                "true",
                "jwtAuthorizationGrantAssertionSignatureAlg",
                "RS256",
                "jwtAuthorizationGrantMaxAllowedAssertionExpiration",
                SECONDS,
                "jwtAuthorizationGrantAssertionReuseAllowed",
                "false")));
        return provider;
    }

    private ClientRepresentation client(UUID tenantId) {
        ClientRepresentation client = RealmBlueprint.client(CLIENT);
        client.setPublicClient(false);
        client.setFullScopeAllowed(false);
        client.setClientAuthenticatorType("client-jwt");
        client.setAttributes(new HashMap<>(Map.of(
                "use.jwks.url",
                "true",
                "jwks.url",
                issuer(tenantId),
                "token.endpoint.auth.signing.alg",
                "RS256",
                "oauth2.jwt.authorization.grant.enabled",
                "true",
                "oauth2.jwt.authorization.grant.idp",
                PROVIDER)));
        ProtocolMapperRepresentation meantForUs = RealmBlueprint.meantFor(config.audience());
        client.setProtocolMappers(List.of(meantForUs));
        return client;
    }
}
