package cloud.wuye.identity.realm;

import cloud.wuye.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * Which account of a company's realm is whom in WeChat, so that the realm takes our word for them and for nobody else. All
 * of it may be repeated; nothing is done where nobody comes in this way.
 */
@ApplicationScoped
public class WeChatAccounts {
    private static final int FEW = 10;

    private final KeycloakAdmin admin;
    private final VouchedClient vouchedClient;

    WeChatAccounts(KeycloakAdmin admin, VouchedClient vouchedClient) {
        this.admin = admin;
        this.vouchedClient = vouchedClient;
    }

    /** This account, and no other, is whoever has this openid. A realm that is older than this way in is completed first. */
    public Uni<Void> bind(Tenant tenant, String subject, String openId) {
        return !vouchedClient.isOn()
                ? Uni.createFrom().voidItem()
                : admin.tell(tenant.baseUrl(), keycloak -> {
                    RealmResource realm = Realms.realm(keycloak, tenant);
                    vouchedClient.ensure(realm, tenant.id());
                    others(realm, subject, openId)
                            .forEach(other -> forget(realm.users().get(other.getId())));
                    UserResource account = realm.users().get(subject);
                    if (names(account).stream().noneMatch(openId::equals)) {
                        forget(account);
                        KeycloakAdmin.createUnlessThere(
                                () -> account.addFederatedIdentity(VouchedClient.PROVIDER, identity(openId)));
                    }
                });
    }

    /** This account is nobody in WeChat. */
    public Uni<Void> unbind(Tenant tenant, String subject) {
        return !vouchedClient.isOn()
                ? Uni.createFrom().voidItem()
                : admin.tell(
                        tenant.baseUrl(),
                        keycloak ->
                                forget(Realms.realm(keycloak, tenant).users().get(subject)));
    }

    private static List<UserRepresentation> others(RealmResource realm, String subject, String openId) {
        return realm
                .users()
                .search(null, null, null, null, null, VouchedClient.PROVIDER, openId, 0, FEW, null, true)
                .stream()
                .filter(user -> !user.getId().equals(subject))
                .toList();
    }

    private static List<String> names(UserResource account) {
        return account.getFederatedIdentity().stream()
                .filter(identity -> identity.getIdentityProvider().equals(VouchedClient.PROVIDER))
                .map(FederatedIdentityRepresentation::getUserId)
                .toList();
    }

    private static void forget(UserResource account) {
        if (!names(account).isEmpty()) {
            account.removeFederatedIdentity(VouchedClient.PROVIDER);
        }
    }

    private static FederatedIdentityRepresentation identity(String openId) {
        FederatedIdentityRepresentation identity = new FederatedIdentityRepresentation();
        identity.setIdentityProvider(VouchedClient.PROVIDER);
        identity.setUserId(openId);
        return identity;
    }
}
