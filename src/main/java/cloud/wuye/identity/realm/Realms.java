package cloud.wuye.identity.realm;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.RealmRepresentation;

/** The companies' realms in Keycloak. */
@ApplicationScoped
public class Realms {
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;

    private final KeycloakAdmin admin;
    private final RealmBlueprint blueprint;
    private final VouchedClient vouchedClient;

    Realms(KeycloakAdmin admin, RealmBlueprint blueprint, VouchedClient vouchedClient) {
        this.admin = admin;
        this.blueprint = blueprint;
        this.vouchedClient = vouchedClient;
    }

    /**
     * Makes the company's realm with its roles and clients, or completes it. A realm of this name that somebody else
     * made is left alone: ALREADY_EXISTS.
     */
    public Uni<Void> ensure(Tenant tenant) {
        return admin.tell(tenant.baseUrl(), keycloak -> {
            create(keycloak, tenant);
            refuseAnothers(keycloak, tenant);
            complete(realm(keycloak, tenant), tenant);
        });
    }

    /** Whether people may log in at all. */
    public Uni<Void> setEnabled(Tenant tenant, boolean enabled) {
        return admin.tell(tenant.baseUrl(), keycloak -> {
            RealmRepresentation change = new RealmRepresentation();
            change.setRealm(tenant.code());
            change.setEnabled(enabled);
            realm(keycloak, tenant).update(change);
        });
    }

    static RealmResource realm(Keycloak keycloak, Tenant tenant) {
        return keycloak.realm(tenant.code());
    }

    private void create(Keycloak keycloak, Tenant tenant) {
        // Trying is the only way to know: what the service account did not make, it may not even see.
        try {
            keycloak.realms().create(blueprint.realm(tenant));
        } catch (WebApplicationException refused) {
            if (refused.getResponse().getStatus() != CONFLICT) {
                throw refused;
            }
        }
        // The right to the new realm stands only in tokens issued from now on.
        keycloak.tokenManager().grantToken();
    }

    private void complete(RealmResource realm, Tenant tenant) {
        blueprint.roles().stream()
                .filter(role -> KeycloakAdmin.find(
                                () -> realm.roles().get(role.getName()).toRepresentation())
                        .isEmpty())
                .forEach(role -> KeycloakAdmin.createUnlessThere(() -> {
                    realm.roles().create(role);
                    return null;
                }));
        blueprint.clients().stream()
                .filter(client ->
                        realm.clients().findByClientId(client.getClientId()).isEmpty())
                .forEach(client ->
                        KeycloakAdmin.createUnlessThere(() -> realm.clients().create(client)));
        vouchedClient.ensure(realm, tenant.id());
    }

    private static void refuseAnothers(Keycloak keycloak, Tenant tenant) {
        try {
            RealmRepresentation realm = realm(keycloak, tenant).toRepresentation();
            if (tenant.id().toString().equals(realm.getAttributesOrEmpty().get(RealmBlueprint.OWNER))) {
                return;
            }
        } catch (WebApplicationException refused) {
            if (refused.getResponse().getStatus() != FORBIDDEN) {
                throw refused;
            }
        }
        throw new Problem(ProblemCode.ALREADY_EXISTS, "code", tenant.code());
    }
}
