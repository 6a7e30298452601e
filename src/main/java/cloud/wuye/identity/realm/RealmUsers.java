package cloud.wuye.identity.realm;

import cloud.wuye.identity.IdentityConfig;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.RoleScopeResource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.MappingsRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * Accounts of staff and residents in a company's realm. The company is always the one the caller was let in for; no name
 * of a realm comes from outside. Everything may be repeated.
 */
@ApplicationScoped
public class RealmUsers {
    private static final String PHONE = "phone";

    /** What every account of a realm holds, and what makes a resident. */
    private static final Set<String> HARMLESS = Set.of(Roles.RESIDENT, "offline_access", "uma_authorization");

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
            giveRoles(realm, account.getId(), person.kind(), person.roles());
            return account.getId();
        });
    }

    /**
     * Makes an account that nobody has here the person's, with its roles; its subject. There is none of that name: it is
     * made. One that is somebody's, or may do more than a resident may: ALREADY_EXISTS.
     */
    public Uni<String> adopt(Tenant tenant, RealmUser person) {
        return admin.<Void>ask(tenant.baseUrl(), keycloak -> {
                    RealmResource realm = Realms.realm(keycloak, tenant);
                    named(realm, person.username())
                            .filter(account -> isNobodys(realm, account))
                            .ifPresent(account -> {
                                Map<String, List<String>> marks = new HashMap<>();
                                if (account.getAttributes() != null) {
                                    marks.putAll(account.getAttributes());
                                }
                                marks.put(
                                        person.kind().mark(),
                                        List.of(person.personId().toString()));
                                account.setAttributes(marks);
                                realm.users().get(account.getId()).update(account);
                            });
                    return null;
                })
                .chain(() -> ensure(tenant, person));
    }

    /** Leaves the account of a member of staff exactly these roles; those that are not for staff are left alone. */
    public Uni<Void> setStaffRoles(Tenant tenant, String subject, Set<String> roles) {
        return admin.tell(
                tenant.baseUrl(),
                keycloak -> giveRoles(Realms.realm(keycloak, tenant), subject, RealmUser.Kind.STAFF, roles));
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

    /** Has Keycloak mail a link for setting the first password; for staff the admin web is one click away from there. */
    public Uni<Void> invite(Tenant tenant, String subject, RealmUser.Kind kind) {
        return admin.tell(tenant.baseUrl(), keycloak -> {
            RealmResource realm = Realms.realm(keycloak, tenant);
            config.realm().smtp().ifPresent(smtp -> ensureMailServer(realm, smtp));
            UserResource user = realm.users().get(subject);
            int seconds = (int) config.realm().invitationLifespan().toSeconds();
            // A realm made before the admin web had an address refuses to send anyone back there.
            realm.clients().findByClientId(RealmBlueprint.ADMIN_WEB).stream()
                    .filter(client -> kind == RealmUser.Kind.STAFF)
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

    private static Optional<UserRepresentation> named(RealmResource realm, String username) {
        return realm.users().searchByUsername(username, true).stream().findFirst();
    }

    private static Optional<UserRepresentation> find(RealmResource realm, RealmUser person) {
        Optional<UserRepresentation> found = named(realm, person.username());
        found.filter(account -> !person.personId()
                        .toString()
                        .equals(account.firstAttribute(person.kind().mark())))
                .ifPresent(somebodyElse -> {
                    throw new Problem(ProblemCode.ALREADY_EXISTS, "username", person.username());
                });
        return found;
    }

    /** Without a mark of ours, and without any right, made by hand, that whoever takes it over would come by. */
    private static boolean isNobodys(RealmResource realm, UserRepresentation account) {
        UserResource user = realm.users().get(account.getId());
        MappingsRepresentation rights = user.roles().getAll();
        List<RoleRepresentation> roles = rights.getRealmMappings() == null ? List.of() : rights.getRealmMappings();
        return Arrays.stream(RealmUser.Kind.values()).allMatch(kind -> account.firstAttribute(kind.mark()) == null)
                && roles.stream()
                        .map(RoleRepresentation::getName)
                        .allMatch(name -> HARMLESS.contains(name) || name.startsWith("default-roles-"))
                && (rights.getClientMappings() == null
                        || rights.getClientMappings().isEmpty())
                && user.groups().isEmpty();
    }

    private static UserRepresentation create(RealmResource realm, RealmUser person) {
        UserRepresentation account = new UserRepresentation();
        account.setUsername(person.username());
        account.setFirstName(person.name());
        account.setEmail(person.email());
        account.setEmailVerified(false);
        account.setEnabled(true);
        Map<String, List<String>> marks = new HashMap<>();
        marks.put(person.kind().mark(), List.of(person.personId().toString()));
        if (person.phone() != null) {
            marks.put(PHONE, List.of(person.phone()));
        }
        account.setAttributes(marks);
        KeycloakAdmin.createUnlessThere(() -> realm.users().create(account));
        // Not there by that name: then it was the e-mail address that somebody else has.
        return find(realm, person).orElseThrow(() -> new Problem(ProblemCode.ALREADY_EXISTS, "email", person.email()));
    }

    private static void giveRoles(RealmResource realm, String subject, RealmUser.Kind kind, Set<String> wanted) {
        RoleScopeResource mapping = realm.users().get(subject).roles().realmLevel();
        List<RoleRepresentation> had = mapping.listAll().stream()
                .filter(role -> kind.roles().contains(role.getName()))
                .toList();
        List<RoleRepresentation> gone =
                had.stream().filter(role -> !wanted.contains(role.getName())).toList();
        List<RoleRepresentation> added = wanted.stream()
                .filter(kind.roles()::contains)
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
