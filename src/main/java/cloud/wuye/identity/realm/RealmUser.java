package cloud.wuye.identity.realm;

import java.util.Set;
import java.util.UUID;

/**
 * A person to have an account in a company's realm.
 *
 * @param staffId our id of the person; stands on the account, so that it is never mixed up with somebody else's
 * @param username log-in name, unique in the realm
 * @param email address, or null
 * @param phone number, or null
 * @param roles the realm roles out of {@link RealmUsers#STAFF_ROLES}
 */
public record RealmUser(UUID staffId, String username, String name, String email, String phone, Set<String> roles) {}
