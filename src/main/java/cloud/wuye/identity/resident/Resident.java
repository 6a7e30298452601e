package cloud.wuye.identity.resident;

import cloud.wuye.identity.realm.RealmUser;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Roles;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * A resident of a company. Immutable; transitions give the next state or refuse with ILLEGAL_STATE.
 *
 * @param phone digits with or without a leading plus, or null
 * @param email address, or null
 * @param note for staff's eyes, or null
 * @param username log-in name, or null when there is to be no account
 * @param subject the account's id in the realm, or null until it is made
 * @param version counts changes
 */
@RegisterForReflection
public record Resident(
        UUID id,
        String name,
        String phone,
        String email,
        ResidentKind kind,
        ResidentState state,
        String note,
        String username,
        String subject,
        int version,
        Instant createdAt) {

    /** The columns that {@link #of(Row)} reads, of the alias {@code r}. */
    static final String COLUMNS = "r.id, r.name, r.phone, r.email, r.kind, r.state, r.note, r.username, r.subject,"
            + " r.version, r.created_at";

    static Resident fresh(UUID id, ResidentInput person, String username, Instant at) {
        return new Resident(
                id,
                person.name().strip(),
                person.bareNumber(),
                person.email(),
                person.kind(),
                ResidentState.ACTIVE,
                person.note(),
                username,
                null,
                0,
                at);
    }

    static Resident of(Row row) {
        return new Resident(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("phone"),
                row.getString("email"),
                ResidentKind.valueOf(row.getString("kind")),
                ResidentState.valueOf(row.getString("state")),
                row.getString("note"),
                row.getString("username"),
                row.getString("subject"),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    /** Whether they may use what is theirs. */
    public boolean isActive() {
        return state == ResidentState.ACTIVE;
    }

    /** The same person described anew. */
    Resident edited(ResidentInput person) {
        return fresh(id, person, username, createdAt).with(state, username, subject);
    }

    /** An account of this name is wanted; the name of one that is made already cannot change. */
    Resident wanting(String logIn) {
        require(isActive() && (subject == null || logIn.equals(username)));
        return with(state, logIn, subject);
    }

    /** The account is made. */
    Resident linked(String account) {
        return with(state, username, account);
    }

    Resident disabled() {
        return with(ResidentState.DISABLED, username, subject);
    }

    Resident enabled() {
        return with(ResidentState.ACTIVE, username, subject);
    }

    /** Whether an account is wanted and not made yet. */
    boolean halfWay() {
        return username != null && subject == null;
    }

    /** Whether registering that person would make just this one. */
    boolean isWhat(Resident another) {
        return name.equals(another.name)
                && Objects.equals(phone, another.phone)
                && Objects.equals(email, another.email)
                && kind == another.kind
                && Objects.equals(note, another.note)
                && Objects.equals(username, another.username);
    }

    RealmUser account() {
        return new RealmUser(RealmUser.Kind.RESIDENT, id, username, name, email, phone, Set.of(Roles.RESIDENT));
    }

    private Resident with(ResidentState next, String logIn, String account) {
        return new Resident(id, name, phone, email, kind, next, note, logIn, account, version, createdAt);
    }

    private void require(boolean allowed) {
        if (!allowed) {
            throw new Problem(ProblemCode.ILLEGAL_STATE, null, isActive() ? "LINKED" : state);
        }
    }
}
