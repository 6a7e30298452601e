package cloud.wuye.identity.staff;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** What a manager gets back from an invitation. */
@Type("InvitedStaff")
@Description("What came of an invitation.")
public record InvitedStaffView(
        @NonNull @Description("The person.") StaffView staff,
        @Description(
                        "The first password, shown this once and to be changed at the first log-in; absent when an e-mail went out.")
                String temporaryPassword) {

    static InvitedStaffView of(Invitation invitation) {
        return new InvitedStaffView(invitation.staff(), invitation.temporaryPassword());
    }
}
