package cloud.wuye.identity.resident;

import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A resident as they see themselves. */
@Type("MyResident")
@Description("The resident that a log-in speaks for, as they see themselves.")
public record MyResidentView(
        @Id @NonNull @Description("Identifies them in the company's directory.") UUID id,
        @NonNull @Description("Their name as the company knows it.") String name,
        @Description("Their telephone number as the company knows it.") String phone,
        @NonNull @Description("As what they stand in the company's books.") ResidentKind kind) {

    /** A resident as they see themselves. */
    public static MyResidentView of(Resident resident) {
        return new MyResidentView(resident.id(), resident.name(), resident.phone(), resident.kind());
    }
}
