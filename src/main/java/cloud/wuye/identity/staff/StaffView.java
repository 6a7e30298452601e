package cloud.wuye.identity.staff;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A member of staff as managers see them. */
@Type("Staff")
@Description("A person who works for the company.")
public record StaffView(
        @Id @NonNull @Description("Identifies the person here.") UUID id,
        @Description("The id of their account, as in `Me.subject` and the audit log; absent while INVITING.")
                String subject,
        @NonNull @Description("Their log-in name.") String username,
        @NonNull @Description("Their name as people read it.") String name,
        @Description("Their e-mail address.") String email,
        @Description("Their telephone number.") String phone,
        @NonNull @Description("What they may do.") List<@NonNull StaffRole> roles,
        @NonNull @Description("Whether they may log in.") StaffStatus status,
        @NonNull @Description("When they were first invited.") Instant createdAt) {

    static StaffView of(StaffMember member) {
        return new StaffView(
                member.id(),
                member.subject(),
                member.username(),
                member.name(),
                member.email(),
                member.phone(),
                member.roles().stream().sorted().toList(),
                member.status(),
                member.createdAt());
    }
}
