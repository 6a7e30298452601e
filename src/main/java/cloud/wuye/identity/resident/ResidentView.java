package cloud.wuye.identity.resident;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A resident as staff see them. */
@Type("Resident")
@Description("A person who lives in or rents a space, as staff see them.")
public record ResidentView(
        @Id @NonNull @Description("Identifies the person here.") UUID id,
        @NonNull @Description("Their name as people read it.") String name,
        @Description("Their telephone number.") String phone,
        @Description("Their e-mail address.") String email,
        @NonNull @Description("As what they stand in the company's books.") ResidentKind kind,
        @NonNull @Description("Whether they may use what is theirs.") ResidentState state,
        @Description("A note of staff's.") String note,
        @Description("Their log-in name; absent when they have no account.") String username,
        @Description(
                        "The id of their account, as in `Me.subject`; absent until it is made: with a log-in name, link again.")
                String subject,
        @Description("Counts edits; send it back with an edit, which is refused with STALE if it is no longer true.")
                int version,
        @NonNull @Description("When they were registered.") Instant createdAt) {

    static ResidentView of(Resident resident) {
        return new ResidentView(
                resident.id(),
                resident.name(),
                resident.phone(),
                resident.email(),
                resident.kind(),
                resident.state(),
                resident.note(),
                resident.username(),
                resident.subject(),
                resident.version(),
                resident.createdAt());
    }
}
