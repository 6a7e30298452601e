package cloud.wuye.identity.realm;

import cloud.wuye.platform.security.Roles;
import java.util.Set;
import java.util.UUID;

/**
 * A person to have an account in a company's realm.
 *
 * @param kind as what they have it
 * @param personId our id of the person; stands on the account, so that it is never mixed up with somebody else's
 * @param username log-in name, unique in the realm
 * @param email address, or null
 * @param phone number, or null
 * @param roles the realm roles, out of those of the kind
 */
public record RealmUser(
        Kind kind, UUID personId, String username, String name, String email, String phone, Set<String> roles) {

    /** As what a person has an account, and the realm roles that such a person may be given. */
    public enum Kind {
        /** Who works for the company. */
        STAFF("wuye.staff", Set.of(Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN)),
        /** Who lives in or rents a space. */
        RESIDENT("wuye.resident", Set.of(Roles.RESIDENT));

        private final String mark;
        private final Set<String> roles;

        Kind(String mark, Set<String> roles) {
            this.mark = mark;
            this.roles = roles;
        }

        /** The attribute of an account that holds the person's id. */
        String mark() {
            return mark;
        }

        Set<String> roles() {
            return roles;
        }
    }
}
