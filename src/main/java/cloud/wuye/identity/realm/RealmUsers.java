package cloud.wuye.identity.realm;

import cloud.wuye.identity.IdentityConfig;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.RoleScopeResource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * Accounts of staff in a company's realm. The company is always the one the caller was let in for; no name of a realm
 * comes from outside. Everything may be repeated.
 */
@ApplicationScoped
public class RealmUsers {
    /** The roles that are handed out here; all others on an account are left alone. */
    public static final Set<String> STAFF_ROLES = Set.of(Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN);

    private static final String STAFF_ID = "wuye.staff";
    private static final String PHONE = "phone";

    private final KeycloakAdmin admin;
    private final IdentityConfig config;

    RealmUsers(KeycloakAdmin admin, IdentityConfig config) {
        this.admin = admin;
        this.config = config;
    }

    /** Makes the account with its roles, or completes it; its subject. A log-in name of somebody else: ALREADY_EXISTS. */
    public Uni<String> ensure(Tenant tenant, RealmUser person) {
        return admin.ask(tenant.baseUrl(), keycloak -> {
            RealmResource realm = Realms.realm(keycloak, tenant);
            UserRepresentation account = find(realm, person).orElseGet(() -> create(realm, person));
            giveRoles(realm, realm.users().get(account.getId()), person.roles());
            return account.getId();
        });
    }

    /** Leaves the account exactly these of the staff roles. */
    public Uni<Void> setRoles(Tenant tenant, String subject, Set<String> roles) {
        return admin.tell(tenant.baseUrl(), keycloak -> {
            RealmResource realm = Realms.realm(keycloak, tenant);
            giveRoles(realm, realm.users().get(subject), roles);
        });
    }

    /** Lets the person log in, or not; and if not, ends what they have open. */
    public Uni<Void> setEnabled(Tenant tenant, String subject, boolean enabled) {
        return admin.tell(tenant.baseUrl(), keycloak -> {
            UserResource user = Realms.realm(keycloak, tenant).users().get(subject);
            UserRepresentation account = user.toRepresentation();
            account.setEnabled(enabled);
            user.update(account);
            if (!enabled) {
                user.logout();
            }
        });
    }

    /** Whether the first password was never used: nobody has chosen one of their own yet. */
    public Uni<Boolean> neverLoggedIn(Tenant tenant, String subject) {
        return admin.ask(tenant.baseUrl(), keycloak -> {
            UserResource user = Realms.realm(keycloak, tenant).users().get(subject);
            return user.toRepresentation().getRequiredActions().contains("UPDATE_PASSWORD")
                    || user.credentials().isEmpty();
        });
    }

    /** Gives the account a password that has to be changed at the first log-in, and tells it this once. */
    public Uni<String> temporaryPassword(Tenant tenant, String subject) {
        return admin.ask(tenant.baseUrl(), keycloak -> {
            CredentialRepresentation password = new CredentialRepresentation();
            password.setType(CredentialRepresentation.PASSWORD);
            password.setValue(TemporaryPassword.next());
            password.setTemporary(true);
            Realms.realm(keycloak, tenant).users().get(subject).resetPassword(password);
            return password.getValue();
        });
    }

    /** Has Keycloak mail a link for setting the first password; from there the admin web is one click away. */
    public Uni<Void> invite(Tenant tenant, String subject) {
        return admin.tell(tenant.baseUrl(), keycloak -> {
            RealmResource realm = Realms.realm(keycloak, tenant);
            config.realm().smtp().ifPresent(smtp -> ensureMailServer(realm, smtp));
            UserResource user = realm.users().get(subject);
            int seconds = (int) config.realm().invitationLifespan().toSeconds();
            // A realm made before the admin web had an address refuses to send anyone back there.
            realm.clients().findByClientId(RealmBlueprint.ADMIN_WEB).stream()
                    .flatMap(client -> client.getRedirectUris().stream())
                    .map(pattern -> pattern.replaceFirst("\\*$", ""))
                    .findFirst()
                    .ifPresentOrElse(
                            page -> user.executeActionsEmail(
                                    RealmBlueprint.ADMIN_WEB, page, seconds, List.of("UPDATE_PASSWORD")),
                            () -> user.executeActionsEmail(List.of("UPDATE_PASSWORD"), seconds));
        });
    }

    /** Realms made before there was a mail server get it with their first invitation. */
    private static void ensureMailServer(RealmResource realm, IdentityConfig.Smtp smtp) {
        RealmRepresentation now = realm.toRepresentation();
        if (now.getSmtpServer() == null || now.getSmtpServer().isEmpty()) {
            RealmRepresentation change = new RealmRepresentation();
            change.setRealm(now.getRealm());
            change.setSmtpServer(RealmBlueprint.mailServer(smtp, now.getDisplayName()));
            change.setResetPasswordAllowed(true);
            realm.update(change);
        }
    }

    private static Optional<UserRepresentation> find(RealmResource realm, RealmUser person) {
        Optional<UserRepresentation> found =
                realm.users().searchByUsername(person.username(), true).stream().findFirst();
        found.filter(account -> !person.staffId().toString().equals(account.firstAttribute(STAFF_ID)))
                .ifPresent(somebodyElse -> {
                    throw new Problem(ProblemCode.ALREADY_EXISTS, "username", person.username());
                });
        return found;
    }

    private static UserRepresentation create(RealmResource realm, RealmUser person) {
        UserRepresentation account = new UserRepresentation();
        account.setUsername(person.username());
        account.setFirstName(person.name());
        account.setEmail(person.email());
        account.setEmailVerified(false);
        account.setEnabled(true);
        Map<String, List<String>> marks = new HashMap<>();
        marks.put(STAFF_ID, List.of(person.staffId().toString()));
        if (person.phone() != null) {
            marks.put(PHONE, List.of(person.phone()));
        }
        account.setAttributes(marks);
        KeycloakAdmin.createUnlessThere(() -> realm.users().create(account));
        // Not there by that name: then it was the e-mail address that somebody else has.
        return find(realm, person).orElseThrow(() -> new Problem(ProblemCode.ALREADY_EXISTS, "email", person.email()));
    }

    private static void giveRoles(RealmResource realm, UserResource user, Set<String> wanted) {
        RoleScopeResource mapping = user.roles().realmLevel();
        List<RoleRepresentation> had = mapping.listAll().stream()
                .filter(role -> STAFF_ROLES.contains(role.getName()))
                .toList();
        List<RoleRepresentation> gone =
                had.stream().filter(role -> !wanted.contains(role.getName())).toList();
        List<RoleRepresentation> added = wanted.stream()
                .filter(STAFF_ROLES::contains)
                .filter(name -> had.stream().noneMatch(role -> role.getName().equals(name)))
                .map(name -> realm.roles().get(name).toRepresentation())
                .toList();
        if (!gone.isEmpty()) {
            mapping.remove(gone);
        }
        if (!added.isEmpty()) {
            mapping.add(added);
        }
    }
}
