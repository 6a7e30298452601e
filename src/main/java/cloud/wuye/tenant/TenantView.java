package cloud.wuye.tenant;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A property company as its own people and the platform's operators see it. */
@Type("PropertyCompany")
@Description("A property company (物业公司): the owner of its estates, devices and people.")
public record TenantView(
        @Id @NonNull @Description("Identifies the company.") UUID id,
        @NonNull
                @Description(
                        "Its short name: the name of its Keycloak realm and the tenant segment of its MQTT topics.")
                String code,
        @NonNull @Description("Its name as people read it.") String name,
        @NonNull @Description("The issuer (`iss`) of its people's tokens: where they log in.") String issuer,
        @NonNull @Description("Where it stands; only ACTIVE companies may use the service.") TenantStatus status,
        @Description("Why it stands there, in the operator's words; a matter of its staff, not of residents.")
                String statusReason,
        @NonNull @Description("Since when it stands there.") Instant statusSince,
        @NonNull @Description("The IANA time zone of its calendars, e.g. `Asia/Shanghai`.") String zone,
        @NonNull @Description("When it was written down.") Instant createdAt) {

    /** The company as it is seen. */
    public static TenantView of(Tenant tenant) {
        return new TenantView(
                tenant.id(),
                tenant.code(),
                tenant.name(),
                tenant.issuer(),
                tenant.status(),
                tenant.statusReason(),
                tenant.statusSince(),
                tenant.zone().getId(),
                tenant.createdAt());
    }

    /** The company as those see it whom the operator's words do not concern. */
    public TenantView withoutReason() {
        return new TenantView(id, code, name, issuer, status, null, statusSince, zone, createdAt);
    }
}
