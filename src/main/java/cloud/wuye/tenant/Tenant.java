package cloud.wuye.tenant;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;

/**
 * A property company as the rest of the service knows it. Immutable; transitions give the next state or refuse with
 * ILLEGAL_STATE.
 *
 * @param code short name: the realm's name and the tenant segment of MQTT topics
 * @param issuer exactly the {@code iss} of its tokens
 * @param baseUrl where the service reaches the Keycloak that holds its realm
 * @param statusReason why it stands in its status, in the words of who put it there, or null
 * @param zone the zone of its calendars
 */
@RegisterForReflection
public record Tenant(
        UUID id,
        String code,
        String name,
        String issuer,
        URI baseUrl,
        TenantStatus status,
        String statusReason,
        Instant statusSince,
        ZoneId zone,
        Instant createdAt) {

    /** Whether its people and devices may use the service. */
    public boolean active() {
        return status == TenantStatus.ACTIVE;
    }

    /** The realm is complete. Repeating it changes nothing. */
    Tenant activated(Instant at) {
        return switch (status) {
            case ONBOARDING -> in(TenantStatus.ACTIVE, null, at);
            case ACTIVE -> this;
            case SUSPENDED -> throw illegal();
        };
    }

    /** Shut out. Repeating it keeps the first reason. */
    Tenant suspended(String reason, Instant at) {
        return switch (status) {
            case ACTIVE -> in(TenantStatus.SUSPENDED, reason, at);
            case SUSPENDED -> this;
            case ONBOARDING -> throw illegal();
        };
    }

    /** Let in again. Repeating it changes nothing. */
    Tenant resumed(String reason, Instant at) {
        return switch (status) {
            case SUSPENDED -> in(TenantStatus.ACTIVE, reason, at);
            case ACTIVE -> this;
            case ONBOARDING -> throw illegal();
        };
    }

    private Tenant in(TenantStatus next, String reason, Instant at) {
        return new Tenant(id, code, name, issuer, baseUrl, next, reason, at, zone, createdAt);
    }

    private Problem illegal() {
        return new Problem(ProblemCode.ILLEGAL_STATE, null, status);
    }
}
