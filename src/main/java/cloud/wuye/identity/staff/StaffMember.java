package cloud.wuye.identity.staff;

import cloud.wuye.identity.realm.RealmUser;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * A person who works for a company. Immutable; transitions give the next state or refuse with ILLEGAL_STATE.
 *
 * @param subject id of the account in the realm; null while {@link StaffStatus#INVITING}
 */
@RegisterForReflection
record StaffMember(
        UUID id,
        String username,
        String name,
        String email,
        String phone,
        Set<StaffRole> roles,
        String subject,
        StaffStatus status,
        Instant createdAt) {

    static StaffMember invited(UUID id, NewStaff person, Instant at) {
        return new StaffMember(
                id,
                person.username(),
                person.name(),
                person.email(),
                person.phone(),
                person.roles(),
                null,
                StaffStatus.INVITING,
                at);
    }

    /** The account is complete. */
    StaffMember joined(String account) {
        require(status == StaffStatus.INVITING);
        return with(roles, account, StaffStatus.ACTIVE);
    }

    StaffMember withRoles(Set<StaffRole> next) {
        require(status != StaffStatus.INVITING);
        return with(next, subject, status);
    }

    StaffMember disabled() {
        require(status != StaffStatus.INVITING);
        return with(roles, subject, StaffStatus.DISABLED);
    }

    StaffMember enabled() {
        require(status != StaffStatus.INVITING);
        return with(roles, subject, StaffStatus.ACTIVE);
    }

    /** Whether that person would be just this one. */
    boolean isWhat(NewStaff person) {
        return username.equals(person.username())
                && name.equals(person.name())
                && Objects.equals(email, person.email())
                && Objects.equals(phone, person.phone())
                && roles.equals(person.roles());
    }

    boolean managing() {
        return status == StaffStatus.ACTIVE && roles.contains(StaffRole.MANAGER);
    }

    RealmUser account() {
        return new RealmUser(RealmUser.Kind.STAFF, id, username, name, email, phone, StaffRole.inRealm(roles));
    }

    private StaffMember with(Set<StaffRole> nextRoles, String account, StaffStatus next) {
        return new StaffMember(id, username, name, email, phone, nextRoles, account, next, createdAt);
    }

    private void require(boolean allowed) {
        if (!allowed) {
            throw new Problem(ProblemCode.ILLEGAL_STATE, null, status);
        }
    }
}
