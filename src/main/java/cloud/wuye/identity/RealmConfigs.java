package cloud.wuye.identity;

import cloud.wuye.tenant.Tenant;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.OidcTenantConfig.SignatureAlgorithm;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How to verify the tokens of each realm. Quarkus compares configurations by identity and throws away the keys it has
 * when another instance comes along, so one realm keeps one instance.
 */
@ApplicationScoped
class RealmConfigs {
    private static final Duration KEYS_READ_AGAIN_AT_MOST_EVERY = Duration.ofSeconds(10);

    private final IdentityConfig config;
    private final Map<RealmAddress, OidcTenantConfig> configs = new ConcurrentHashMap<>();
    private final RealmAddress platform;

    RealmConfigs(IdentityConfig config) {
        this.config = config;
        this.platform = platformAddress(config);
    }

    /** Whether this is the realm of the platform's operators. */
    boolean isPlatform(String issuer) {
        return platform.issuer().equals(issuer);
    }

    /** The name of the operators' realm. */
    String platformRealm() {
        return platform.name();
    }

    /** How the operators' tokens are verified. */
    OidcTenantConfig ofPlatform() {
        return configs.computeIfAbsent(platform, this::verifying);
    }

    /** How a company's tokens are verified. */
    OidcTenantConfig of(Tenant tenant) {
        return configs.computeIfAbsent(
                new RealmAddress(tenant.id(), tenant.code(), tenant.issuer(), tenant.baseUrl()), this::verifying);
    }

    private OidcTenantConfig verifying(RealmAddress realm) {
        return OidcTenantConfig.builder()
                // Issuer and address are part of the key: a realm that moves is another one to Quarkus.
                .tenantId(realm.issuer() + " at " + realm.baseUrl())
                .applicationType(ApplicationType.SERVICE)
                .clientId(config.audience())
                .authServerUrl(Issuers.realmUrl(realm.baseUrl(), realm.name()))
                // The address we reach and the one that stands in tokens differ, and a document that names addresses
                // to call is one more thing to trust.
                .discoveryEnabled(false)
                .jwksPath("/protocol/openid-connect/certs")
                .connectionTimeout(config.connectionTimeout())
                .token()
                .issuer(realm.issuer())
                // Without these two another client's token and an ID token are let in.
                .audience(config.audience())
                .tokenType("Bearer")
                .signatureAlgorithm(SignatureAlgorithm.RS256)
                .age(config.accessTokenLifespan())
                .subjectRequired(true)
                .allowJwtIntrospection(false)
                .allowOpaqueTokenIntrospection(false)
                .forcedJwkRefreshInterval(KEYS_READ_AGAIN_AT_MOST_EVERY)
                .end()
                .build();
    }

    private static RealmAddress platformAddress(IdentityConfig config) {
        URI url = config.platform().url().orElse(config.keycloak().url());
        URI seenAt = config.keycloak().publicUrl().orElse(config.keycloak().url());
        String name = config.platform().realm();
        return new RealmAddress(
                null, name, config.platform().issuer().orElseGet(() -> Issuers.realmUrl(seenAt, name)), url);
    }

    private record RealmAddress(UUID tenantId, String name, String issuer, URI baseUrl) {}
}
