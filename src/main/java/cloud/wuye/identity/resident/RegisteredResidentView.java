package cloud.wuye.identity.resident;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A resident who was registered or linked, and how they get in. */
@Type("RegisteredResident")
@Description("A resident who was registered or linked, and how they get in.")
public record RegisteredResidentView(
        @NonNull @Description("The person.") ResidentView resident,
        @Description(
                        "The first password, shown this once and to be changed at the first log-in; absent without an account, "
                                + "when an e-mail went out, or when they have a password.")
                String temporaryPassword) {

    static RegisteredResidentView of(Resident resident, String temporaryPassword) {
        return new RegisteredResidentView(ResidentView.of(resident), temporaryPassword);
    }
}
